import { textOf } from "../json-text.ts";
import type { Span, SpanKind } from "../../../run-tree/span.ts";
import type { JsonValue } from "../../../vocabulary/json.ts";
import { integer, type KeyValue, text, texts } from "../../wire/key-value.ts";
import { providerWord } from "../provider.ts";
import { countsOf } from "./counts.ts";
import { messageAttributes } from "./openinference-messages.ts";
import type { Overlay, Told } from "./overlay.ts";
import { json, knownOf, readableInput, readableOutput, words } from "./said-value.ts";

/** OpenInference, which Phoenix and Arize speak: one attribute for each member of a list. */
export const openinference: Overlay = (told) => {
  const { span, said } = told;
  const { feature, release, agentVersion, tags } = span.labels;
  return [
    ...text("openinference.span.kind", kindOf(span)),
    ...(span.sessionInferred ? [] : text("session.id", span.session)),
    ...words("user.id", said.userId),
    ...text("agent.name", span.agent),
    ...texts("tag.tags", tags),
    ...json("metadata", knownOf({ feature, release, agent_version: agentVersion })),
    ...valued("input", readableInput(told)),
    ...valued("output", readableOutput(told)),
    ...(span.kind === "model" ? modelAttributes(told) : []),
    ...(span.kind === "tool" ? toolAttributes(told) : []),
    ...(span.kind === "retrieval" ? documentsOf(said.output) : []),
  ];
};

const kinds: Readonly<Partial<Record<SpanKind, string>>> = {
  model: "LLM",
  tool: "TOOL",
  agent: "AGENT",
  retrieval: "RETRIEVER",
  guardrail: "GUARDRAIL",
};

function kindOf({ kind, agent }: Span): string {
  return kind === "turn" && agent !== null ? "AGENT" : (kinds[kind] ?? "CHAIN");
}

function valued(of: "input" | "output", value: JsonValue | undefined): readonly KeyValue[] {
  if (value === undefined) return [];
  const type = typeof value === "string" ? "text/plain" : "application/json";
  return [...words(`${of}.value`, value), ...text(`${of}.mime_type`, type)];
}

function modelAttributes({ span, said }: Told): readonly KeyValue[] {
  const counts = countsOf(span.usage);
  const provider = providerWord(span.provider);
  return [
    ...text("llm.model_name", span.model ?? span.requestModel),
    ...text("llm.provider", provider),
    ...text("llm.system", provider),
    ...text("llm.finish_reason", span.finishReason),
    ...json("llm.invocation_parameters", said.parameters),
    ...integer("llm.token_count.prompt", counts?.allInput ?? null),
    ...integer("llm.token_count.completion", counts?.output ?? null),
    ...integer("llm.token_count.total", counts?.total ?? null),
    ...integer("llm.token_count.prompt_details.cache_read", counts?.cacheRead ?? null),
    ...integer("llm.token_count.prompt_details.cache_write", counts?.cacheWrite ?? null),
    ...integer("llm.token_count.completion_details.reasoning", counts?.reasoning ?? null),
    ...messageAttributes("llm.input_messages", [
      ...(said.instructions?.length ? [{ role: "system", parts: said.instructions }] : []),
      ...(said.inputMessages ?? []),
    ]),
    ...messageAttributes("llm.output_messages", said.outputMessages ?? []),
    ...(said.tools ?? []).flatMap((tool, index) =>
      json(`llm.tools.${index}.tool.json_schema`, tool),
    ),
  ];
}

function toolAttributes({ span, said }: Told): readonly KeyValue[] {
  return [
    ...text("tool.name", span.name),
    ...text("tool.id", span.toolCallId),
    ...words("tool.parameters", said.input),
  ];
}

/** Retrievers answer with a list of documents, each a text or an object with one. */
function documentsOf(found: JsonValue | undefined): readonly KeyValue[] {
  if (!Array.isArray(found)) return [];
  return found.flatMap((document: JsonValue, index) => {
    const at = `retrieval.documents.${index}.document`;
    if (typeof document !== "object" || document === null || Array.isArray(document))
      return text(`${at}.content`, textOf(document));
    const { id, pageContent, content, metadata } = document as Readonly<Record<string, JsonValue>>;
    return [
      ...words(`${at}.id`, id),
      ...words(`${at}.content`, pageContent ?? content ?? document),
      ...json(`${at}.metadata`, metadata),
    ];
  });
}
