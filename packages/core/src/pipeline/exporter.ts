import type { ContentReader } from "../journal/content.ts";
import type { Span } from "../run-tree/span.ts";
import type { AgentEvent } from "../vocabulary/event.ts";

export interface ExportContext {
  /** Aborted when the pipeline gives this attempt up. */
  readonly signal: AbortSignal;
  readonly content: ContentReader;
}

interface Destination {
  /** Names the cursor, so it is the same tomorrow. */
  readonly name: string;
  close?(): Promise<void>;
}

/**
 * Delivers batches to one destination. Resolving means that the destination has the batch. Throwing means that it may not: the same batch
 * comes again, with the same ids and bytes. An exporter never retries, logs, swallows or remembers; batching, retry, timeouts and the
 * accounting of losses are the pipeline's.
 */
export interface SpanExporter extends Destination {
  readonly consumes: "spans";
  export(batch: readonly Span[], context: ExportContext): Promise<void>;
}
export interface EventExporter extends Destination {
  readonly consumes: "events";
  export(batch: readonly AgentEvent[], context: ExportContext): Promise<void>;
}
export type Exporter = SpanExporter | EventExporter;

/** accepted = delivered + filtered + dropped + pending, at any moment; late and maybeDuplicate are told beside it. */
export interface DeliveryReport {
  readonly accepted: number;
  readonly delivered: number;
  readonly filtered: number;
  readonly dropped: number;
  readonly pending: number;
  readonly late: number;
  readonly maybeDuplicate: number;
  /** Why the last attempt failed; null as soon as one succeeds. */
  readonly failure: Error | null;
}
