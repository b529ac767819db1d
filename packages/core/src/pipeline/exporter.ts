import type { ContentReader } from "../journal/content.ts";
import type { Span } from "../run-tree/span.ts";
import type { AgentEvent, EventType } from "../vocabulary/event.ts";
import type { Location } from "./locating.ts";

/** Whether what users, models and tools said goes out, or only what happened. */
export type ContentPolicy = "none" | "full";

/** `filter`: left out and counted, because the trace lies elsewhere and nobody kept it there. */
export type UnsampledPolicy = "filter" | "send";

/** What an exporter is given beside a batch, for one attempt. */
export interface ExportContext {
  /** Aborted when the pipeline gives this attempt up. */
  readonly signal: AbortSignal;
  /** What it gives may be sent: the route's redaction is in it. Null: no content goes there. */
  readonly content: ContentReader | null;
  /**
   * In which trace and turn an event of the batch stands, which only openings say of themselves: as far as what was recorded up to it tells, and the
   * same when the batch comes again. Absent: the events have to speak for themselves. Exporters of spans need none.
   */
  readonly locate?: (event: AgentEvent) => Location | null;
}

/** What one request may hold, and how long it is waited for that it does. */
export interface BatchLimits {
  /** Default: 512. */
  readonly items?: number;
  /** Of facts and content together, as they lie in the journal: about what a request without compression has. Default: 1 MiB. */
  readonly bytes?: number;
  /** How long the first of a batch waits for others. Default: a second for spans, which have waited to settle anyway; 0 for events. */
  readonly waitMs?: number;
}

interface Destination {
  /** Names the cursor, so it is the same tomorrow. */
  readonly name: string;
  /** Where the route does not say. Default: `full`. */
  readonly content?: ContentPolicy;
  readonly limits?: BatchLimits;
  /** Where it sends, for people to read; without secrets. */
  readonly destination?: string;
  /**
   * Asks the destination whether it would take what is sent, and sends nothing. Resolves with what is wrong and what to do about it, in a sentence;
   * null: nothing is. Rejects where it cannot be asked.
   */
  check?(signal: AbortSignal): Promise<string | null>;
  close?(): Promise<void>;
}

/**
 * Delivers batches to one destination. Resolving means that the destination has the batch. Throwing means that it may not: the same batch
 * comes again, with the same ids and bytes. An exporter never retries, logs, swallows or remembers; batching, splitting, retry, timeouts
 * and the accounting of losses are the pipeline's.
 */
export interface SpanExporter extends Destination {
  readonly consumes: "spans";
  /** The share of turns that go there where the route does not say, 0 to 1. Default: 1. */
  readonly sample?: number;
  /** What becomes of a trace that whoever began it decided not to sample. Default: `send`. */
  readonly unsampled?: UnsampledPolicy;
  /**
   * Of what a model was sent, so many bytes of messages go out whole with each call; where there are more, only those that were added do. Tells the
   * pipeline how much a call weighs. Default: all of them go out.
   */
  readonly wholeContextUpTo?: number;
  /**
   * Takes some facts as they come and not as part of a span. Goes wherever this one goes, with the content, the redaction and the share of turns of the
   * same route, and with a cursor of its own.
   */
  readonly companion?: EventExporter;
  export(batch: readonly Span[], context: ExportContext): Promise<void>;
}
/** The same contract for what was recorded, event by event, in the order of the lane. */
export interface EventExporter extends Destination {
  readonly consumes: "events";
  /** All others pass it by, and are counted as filtered. Default: it takes every event. */
  readonly takes?: readonly EventType[];
  export(batch: readonly AgentEvent[], context: ExportContext): Promise<void>;
}
/** `consumes` tells which of the two. */
export type Exporter = SpanExporter | EventExporter;
