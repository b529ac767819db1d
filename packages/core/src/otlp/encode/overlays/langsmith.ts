import type { SpanKind } from "../../../run-tree/span.ts";
import { type KeyValue, text } from "../../wire/key-value.ts";
import { providerWord } from "../provider.ts";
import { countsOf } from "./counts.ts";
import type { Overlay } from "./overlay.ts";
import { json, knownOf, readableInput, readableOutput, words } from "./said-value.ts";

/** LangSmith knows no agents, threads runs by their metadata, and takes what is no model call in `input.value` and `output.value`. */
export const langsmith: Overlay = ({ span, said }) => [
  ...text("langsmith.span.kind", kinds[span.kind] ?? "chain"),
  ...(span.kind === "turn" ? text("langsmith.trace.name", span.agent ?? span.name) : []),
  ...(span.labels.tags.length > 0 ? text("langsmith.span.tags", span.labels.tags.join(",")) : []),
  ...(span.sessionInferred ? [] : metadata("thread_id", span.session)),
  ...metadata("environment", span.labels.environment),
  ...metadata("feature", span.labels.feature),
  ...metadata("revision_id", span.labels.release),
  ...metadata("user_id", said.userId ?? null),
  ...(span.kind === "model"
    ? [
        ...text("gen_ai.system", providerWord(span.provider)),
        ...json("langsmith.usage_metadata", usageOf(span.usage)),
      ]
    : [
        ...words("input.value", readableInput({ span, said })),
        ...words("output.value", readableOutput({ span, said })),
      ]),
];

const kinds: Readonly<Partial<Record<SpanKind, string>>> = {
  model: "llm",
  tool: "tool",
  retrieval: "retriever",
};

function metadata(name: string, value: string | null): readonly KeyValue[] {
  return text(`langsmith.metadata.${name}`, value);
}

function usageOf(usage: Parameters<typeof countsOf>[0]): ReturnType<typeof knownOf> {
  const counts = countsOf(usage);
  if (counts === null) return undefined;
  const { allInput, cacheRead, cacheWrite, output, reasoning, total } = counts;
  return knownOf({
    input_tokens: allInput,
    output_tokens: output,
    total_tokens: total,
    input_token_details: knownOf({ cache_read: cacheRead, cache_creation: cacheWrite }),
    output_token_details: knownOf({ reasoning }),
  });
}
