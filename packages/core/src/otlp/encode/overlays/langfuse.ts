import { observationAttributes } from "./langfuse/attributes.ts";
import { observationOf } from "./langfuse/observation-of.ts";
import type { Overlay } from "./overlay.ts";

/** What Langfuse's own exporter says of a span, beside the names of the conventions. The text of an error stands in the span's status, where Langfuse looks next. */
export const langfuse: Overlay = (told) => observationAttributes(observationOf(told));
