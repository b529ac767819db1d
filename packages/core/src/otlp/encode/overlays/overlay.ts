import type { Span } from "../../../run-tree/span.ts";
import type { KeyValue } from "../../wire/key-value.ts";
import type { SpanSaid } from "../said.ts";

export interface Told {
  readonly span: Span;
  /** Empty where no content may go out. */
  readonly said: SpanSaid;
}

/** What a product is told of a span under names of its own. Pure. */
export type Overlay = (told: Told) => readonly KeyValue[];
