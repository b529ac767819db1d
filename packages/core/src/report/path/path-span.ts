import type { SpanKind, Status } from "../../run-tree/span.ts";
import type { CostReport } from "../report.ts";
import type { StepPlace } from "./step-place.ts";

/** What of a span a path is drawn from: no more than a page in a browser knows too. */
export interface PathSpan {
  readonly id: string;
  readonly parent: string | null;
  /** What tells its turn from others; null: in none that is known. */
  readonly turn: string | number | null;
  readonly kind: SpanKind;
  readonly name: string;
  readonly status: Status;
  /** In milliseconds since the epoch. */
  readonly start: number | null;
  readonly end: number | null;
  readonly causedBy: string | null;
  readonly attempt: number | null;
  /** Of this span alone. */
  readonly cost: CostReport;
  /** False: of what it used only snapshots of a growing number were seen. */
  readonly usageFinal: boolean;
  readonly step: StepPlace | null;
  /** What it chose to go on with, by name. */
  readonly chose: readonly string[];
  /** Whom it handed over to. */
  readonly handedTo: readonly string[];
}
