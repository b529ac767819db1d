/** What goes wrong between an application and its Langfuse. */
export interface Scenario {
  readonly name: string;
  readonly operations: number;
  /** Of what each operation answers. */
  readonly bytes: number;
  /** Of the server. From 4 on it takes traces as OTLP alone. */
  readonly version: string;
  /** How long nobody listens, from before the first operation on. */
  readonly outageMs?: number;
  readonly suffers?: "too large" | "broken twice";
}

/** It takes what each of them sends. */
const version = "3.225.4";

export const scenarios: readonly Scenario[] = [
  { name: "10,000 at once", operations: 10_000, bytes: 40, version },
  { name: "down at start, for 15 s", operations: 100, bytes: 200, version, outageMs: 15_000 },
  { name: "413 above 1 MB", operations: 60, bytes: 100_000, version, suffers: "too large" },
  { name: "500, twice", operations: 100, bytes: 200, version, suffers: "broken twice" },
  { name: "end with 30 of 900 kB", operations: 30, bytes: 900_000, version },
  { name: "a server of version 4", operations: 100, bytes: 200, version: "4.16.0" },
];
