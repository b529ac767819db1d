import type { SpanPrice } from "../../cost/span-price.ts";
import type { ContentReader } from "../../journal/content.ts";
import type { ContextMode } from "../../otlp/encode/encoding.ts";

/** How spans become observations, besides what they are. */
export interface ObservationEncoding {
  /** Null: no word of users, models and tools goes out, and no text of an error. */
  readonly content: ContentReader | null;
  /** How much of what a model was sent goes out with each call. Default: `auto`. */
  readonly contextMode?: ContextMode;
  /** What a call cost. Null: Langfuse prices the models that it knows, by its own list. Default: null. */
  readonly price?: SpanPrice | null;
  /** Whether agents, tasks and steps of frameworks that know no supersteps are drawn as a graph. Default: false. */
  readonly graph?: boolean;
  /** What is longer in one field is shortened, says so, and stays the JSON that it was. Default: 2 MiB, from where on servers may keep a field elsewhere, and three of which they take without a warning. */
  readonly maxFieldBytes?: number;
}
