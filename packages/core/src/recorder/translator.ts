import type { SpanContext } from "../vocabulary/carrier.ts";
import type { EventDraft } from "../vocabulary/event.ts";

/**
 * One native source (a handler, a query stream, a file) into drafts. Pure: no clock, no I/O, no globals. Causal: a draft follows
 * from the lines so far and is never held back, so what a prefix gave, the whole gives again, byte for byte.
 * The end of input is not an event; where the framework was seen to stop, `attach.ts` passes that in as a native line.
 */
export interface Translator<Native> {
  translate(native: Native): Iterable<EventDraft>;
}

/** A framework, as far as a recording of it can be read back. */
export interface Adapter<Native> {
  readonly name: string;
  readonly framework: { readonly package: string; readonly supported: string };
  /** State lives in the closure, bounded by open work. */
  createTranslator(): Translator<Native>;
  /** A recorded line. Null: not one of ours, counted as malformed. */
  parse(line: string): Native | null;
  /** False for a kind of line that nobody has taught this adapter: it becomes `native.noted` and is counted as unknown. */
  knows(native: Native): boolean;
}

/** Owns identity, time, redaction and the journal. Synchronous, never throws; what goes wrong is counted. */
export interface Recorder {
  /** For an opening whose turn is known: its context at once, for carriers and for the spans that user code makes inside. */
  emit(draft: EventDraft): SpanContext | null;
}
