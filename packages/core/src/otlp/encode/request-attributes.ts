import { isRecord, type JsonObject, type JsonValue } from "../../vocabulary/json.ts";
import { decimal, integer, type KeyValue, text, texts } from "../wire/key-value.ts";
import { names } from "./conventions.ts";
import { recordIn, textIn } from "./messages/block.ts";

/**
 * What a call asked for, under the conventions' own names, out of the parameters as the provider calls them. What is not a number, a text or a
 * list where one is expected says nothing.
 */
export function requestAttributes(
  parameters: JsonValue | undefined,
  provider: string | null,
): readonly KeyValue[] {
  if (!isRecord(parameters)) return [];
  const asked = flattened(parameters);
  const number = (...of: readonly string[]): number | null => numberIn(asked, of);
  const choices = number("n", "candidateCount", "candidate_count");
  return [
    ...text(names.outputType, outputTypeOf(asked)),
    ...integer(names.choiceCount, choices === 1 ? null : choices),
    ...decimal(names.frequencyPenalty, number("frequency_penalty", "frequencyPenalty")),
    ...integer(names.maxTokens, number(...maxTokens)),
    ...decimal(names.presencePenalty, number("presence_penalty", "presencePenalty")),
    ...text(names.previousResponseId, textIn(asked, "previous_response_id", "previousResponseId")),
    ...text(names.reasoningLevel, reasoningLevelOf(asked)),
    ...integer(names.seed, number("seed")),
    ...texts(names.stopSequences, stopsIn(asked)),
    ...decimal(names.temperature, number("temperature")),
    ...integer(names.topK, number("top_k", "topK")),
    ...decimal(names.topP, number("top_p", "topP")),
    ...(provider === "openai" ? text(names.openaiServiceTier, textIn(asked, "service_tier")) : []),
  ];
}

const maxTokens: readonly string[] = [
  "max_tokens",
  "maxTokens",
  "max_completion_tokens",
  "max_output_tokens",
  "maxOutputTokens",
  "num_predict",
];

/** Some providers keep them one level down; what stands at the top wins. */
const flattened = (parameters: JsonObject): JsonObject => ({
  ...recordIn(parameters, "generationConfig", "inferenceConfig", "options"),
  ...parameters,
});

function numberIn(asked: JsonObject, candidates: readonly string[]): number | null {
  const found = candidates.map((name) => asked[name]).find((value) => typeof value === "number");
  return found ?? null;
}

function stopsIn(asked: JsonObject): readonly string[] {
  const said = asked["stop_sequences"] ?? asked["stopSequences"] ?? asked["stop"];
  const list: readonly unknown[] = Array.isArray(said) ? said : [said];
  return list.filter((stop) => typeof stop === "string");
}

function reasoningLevelOf(asked: JsonObject): string | null {
  return (
    textIn(asked, "reasoning_effort", "reasoningEffort") ??
    textIn(recordIn(asked, "reasoning", "output_config"), "effort") ??
    textIn(recordIn(asked, "thinkingConfig"), "thinkingLevel")
  );
}

/** As far as it was asked for: a call that asks for nothing may answer anything. */
function outputTypeOf(asked: JsonObject): string | null {
  const format =
    textIn(asked, "response_format", "format", "responseMimeType") ??
    textIn(recordIn(asked, "response_format", "output_format", "format"), "type") ??
    textIn(recordIn(recordIn(asked, "text"), "format"), "type") ??
    textIn(recordIn(recordIn(asked, "output_config"), "format"), "type");
  if (format !== null && /json|object/.test(format)) return "json";
  if (format !== null && /^(?:text|text\/plain)$/.test(format)) return "text";
  const modalities = asked["modalities"] ?? asked["responseModalities"];
  const wanted = Array.isArray(modalities)
    ? modalities.map((each) => String(each).toLowerCase())
    : [];
  if (wanted.includes("audio")) return "speech";
  return wanted.includes("image") ? "image" : null;
}
