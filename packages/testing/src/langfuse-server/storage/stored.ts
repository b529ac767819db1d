import type { Observation } from "../mapping/observation.ts";
import type { Loose } from "../loose.ts";
import type { Spending } from "../pricing/spending.ts";

/** A row of the table of observations, as plain values. */
export interface StoredObservation extends Omit<Observation, "metadata">, Spending {
  readonly metadata: Readonly<Record<string, string>>;
  /** Which software sent it, by its headers. */
  readonly sdkName: string;
  readonly sdkVersion: string;
  /** It came without saying that it is for the new model, to a server that keeps both: minutes pass before anybody sees it. */
  readonly delayed: boolean;
}

/** A trace: before version 4 a row of its own, since then what its observations amount to. */
export interface StoredTrace {
  readonly id: string;
  readonly timestamp: string;
  readonly name: string | null;
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly tags: readonly string[];
  readonly public: boolean;
  readonly environment: string;
  readonly release: string | null;
  readonly version: string | null;
  readonly input: string | null;
  readonly output: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface StoredScore {
  readonly id: string;
  readonly timestamp: string;
  readonly name: string;
  readonly dataType: string;
  readonly value: number | string;
  readonly traceId: string | null;
  readonly observationId: string | null;
  readonly sessionId: string | null;
  readonly datasetRunId: string | null;
  readonly environment: string;
  readonly comment: string | null;
  readonly source: string;
  readonly metadata: Loose;
}

/** What the page of a session says on top. */
export interface StoredSession {
  readonly id: string;
  readonly traces: number;
  readonly observations: number;
  readonly usage: Readonly<Record<string, number>>;
  readonly totalCost: number;
}
