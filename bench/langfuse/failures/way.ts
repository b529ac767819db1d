import type { Surroundings } from "../way.ts";

/** One way to tell Langfuse of operations, set up as its own documentation says. */
export interface Way {
  record(operation: { readonly input: string; readonly output: string }): void;
  /** As an application that ends. Rejects or resolves, whatever became of what was recorded. */
  end(): Promise<unknown>;
}

export type MakeWay = (surroundings: Surroundings) => Promise<Way>;

/** What each operation is called. */
export const operationName = "operation";
