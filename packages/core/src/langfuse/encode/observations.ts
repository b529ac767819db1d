import type { Observation } from "../../otlp/encode/overlays/langfuse/observation.ts";
import { observationOf } from "../../otlp/encode/overlays/langfuse/observation-of.ts";
import { inWords } from "../../journal/in-words.ts";
import { textOf } from "../../otlp/encode/json-text.ts";
import { saidOn } from "../../otlp/encode/said.ts";
import type { Span } from "../../run-tree/span.ts";
import { isToldMark } from "../facts/mark-facts.ts";
import { factsOf } from "../facts/span-facts.ts";
import { fitted } from "./fitted.ts";
import { markObservation } from "./mark-observation.ts";
import type { ObservationEncoding } from "./observation-encoding.ts";
import { restObservations } from "./rest-observation.ts";

/**
 * All rows that a span is to Langfuse: itself, each of its marks that is not told otherwise, and of a turn what was used besides. Pure: depends on
 * the span, on its content and on the encoding, and on no other span, so that a span that is sent again has the same rows.
 */
export function observationsOf(span: Span, encoding: ObservationEncoding): readonly Observation[] {
  const { content, price = null, graph = false, maxFieldBytes = mostFieldBytes } = encoding;
  const told = { span, said: saidOn(span, encoding) };
  const options = { content, price, graph, errorText: errorTextOf(span, encoding) };
  const known = observationOf(told, options);
  const facts = factsOf(span, told.said.earlier !== undefined);
  const observation = { ...known, metadata: { ...facts, ...known.metadata } };
  const marks = span.marks
    .filter(isToldMark)
    .map((mark, order) => markObservation(mark, { order, span: observation, content }));
  return [observation, ...marks, ...restObservations(span, observation, options)].map((each) =>
    fitted(each, maxFieldBytes),
  );
}

const mostFieldBytes = 2 * 1_024 * 1_024;

/** Where no content goes out, the name of the error still does. */
function errorTextOf(
  { status, detail, errorType }: Span,
  { content }: ObservationEncoding,
): string | null {
  if (status !== "error") return null;
  return content === null || detail === null ? errorType : textOf(inWords(content.read(detail)));
}
