/** Whether Langfuse takes it for the name of an environment; what it does not take, it files under `default`. */
export const isEnvironment = (name: string): boolean => /^(?!langfuse)[a-z0-9_-]{1,40}$/.test(name);
