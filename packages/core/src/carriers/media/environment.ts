import { fieldNames } from "../field.ts";
import type { Medium } from "../medium.ts";

/** As `process.env` and the `env` of a child process are. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment that a process got or is to get: `TRACEPARENT`, `TRACESTATE`, `BAGGAGE`. Names are taken as they are spelt, and an empty
 * variable is one that is not set, both as is usual there.
 */
export function environment(variables: Environment): Medium<Environment> {
  return {
    given: variables,
    valuesOf: (field) => {
      const value = Object.hasOwn(variables, field.toUpperCase())
        ? variables[field.toUpperCase()]
        : undefined;
      return value === "" ? [] : [value];
    },
    filledWith: (fields) => {
      const filled = new Map(Object.entries(variables));
      for (const name of fieldNames) {
        const text = fields[name];
        if (text === null) filled.delete(name.toUpperCase());
        if (typeof text === "string") filled.set(name.toUpperCase(), text);
      }
      return Object.fromEntries(filled);
    },
  };
}
