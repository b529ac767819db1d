import type { SpanKind } from "../../../run-tree/span.ts";
import { integer, type KeyValue, text, texts } from "../../wire/key-value.ts";
import { countsOf } from "./counts.ts";
import type { Overlay, Told } from "./overlay.ts";
import { inputOf, json, outputOf } from "./said-value.ts";

/** Braintrust takes what went in and out only as valid JSON, also where it is a text. */
export const braintrust: Overlay = ({ span, said }) => [
  ...json("braintrust.span_attributes", { type: types[span.kind] ?? "task" }),
  ...json("braintrust.input_json", inputOf(said)),
  ...json("braintrust.output_json", outputOf(said)),
  ...(span.kind === "model" ? metrics({ span, said }) : []),
  ...(span.sessionInferred ? [] : text("braintrust.metadata.session_id", span.session)),
  ...text("braintrust.metadata.user_id", said.userId ?? null),
  ...text("braintrust.metadata.environment", span.labels.environment),
  ...text("braintrust.metadata.feature", span.labels.feature),
  ...text("braintrust.metadata.release", span.labels.release),
  ...texts("braintrust.tags", span.labels.tags),
];

const types: Readonly<Partial<Record<SpanKind, string>>> = {
  model: "llm",
  tool: "tool",
  retrieval: "function",
};

function metrics({ span }: Told): readonly KeyValue[] {
  const counts = countsOf(span.usage);
  return [
    ...text("braintrust.metadata.model", span.model ?? span.requestModel),
    ...integer("braintrust.metrics.prompt_tokens", counts?.allInput ?? null),
    ...integer("braintrust.metrics.completion_tokens", counts?.output ?? null),
    ...integer("braintrust.metrics.tokens", counts?.total ?? null),
    ...integer("braintrust.metrics.prompt_cached_tokens", counts?.cacheRead ?? null),
  ];
}
