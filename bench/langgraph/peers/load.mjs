/** Names resolve from where this file lies: beside the packages that the benchmark installs. */
export const load = (name) => import(name);
