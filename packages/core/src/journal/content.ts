import type { ContentRef, ContextDifference, Held, WithheldReason } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";

/**
 * What became of a value. `cutFrom`: head and tail are left of a value of that many bytes. `erased`, `removed`: it went because somebody asked for that, or because
 * nothing is kept for longer, and the record says so.
 */
export type ContentAnswer =
  | { readonly kind: "value"; readonly value: JsonValue; readonly cutFrom?: number }
  | { readonly kind: "withheld"; readonly reason: WithheldReason }
  | { readonly kind: "erased" }
  | { readonly kind: "removed" }
  | { readonly kind: "missing" };

/** One line of a content file. */
export interface StoredContent {
  readonly ref: ContentRef;
  readonly value: JsonValue;
  readonly cutFrom?: number;
}

/**
 * Reads what entries refer to. What cannot be read is said in words. Throws only where the machine is short of descriptors or memory, so that a
 * value which is there is not taken for missing: an exporter lets that pass, and the batch comes again.
 */
export interface ContentReader {
  read(held: Held): ContentAnswer;
  /** About how many bytes the text of a value has, found without reading it; 0 where it is not to be had. */
  sizeOf(held: Held): number;
  /** The whole list of messages behind a difference, oldest first; null where a part of the chain is gone. */
  messages(context: ContextDifference): readonly Held[] | null;
}

/** The part of it that needs no history: a value by its reference. Throws as `ContentReader` does. */
export interface ContentSource {
  /** Null: it is not here, or cannot be read. */
  find(ref: ContentRef): StoredContent | null;
  /** About how many bytes its text has, found without reading it; null: it is not here. */
  sizeOf(ref: ContentRef): number | null;
}
