/** Names resolve from where this file lies: a copy of it lies beside the packages that the benchmark installs. */
export const load = (name) => import(name);
