import type { GraphRun, Visit } from "./graph-runs.ts";

/** From one visit to the next. */
export interface Way {
  /** Null: from the beginning of the run. */
  readonly from: Visit | null;
  /** Null: to its end. A name: chosen, and then not seen. */
  readonly to: Visit | string | null;
  readonly basis: Basis;
}

/** One run of a graph, and how it went. */
export interface WentRun {
  readonly run: GraphRun;
  readonly ways: readonly Way[];
}

/** `observed`: the framework told, or nothing else could have led there. `order`: by what ran before it, in order of time. */
export type Basis = "observed" | "order";
