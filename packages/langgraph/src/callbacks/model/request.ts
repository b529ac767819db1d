import type { JsonValue } from "@spoor/core";
import type { Content } from "../content/content.ts";
import type { ModelStarted } from "../native.ts";
import { textOf } from "../reading.ts";

/** The settings of a call that change its answer. Everything else in there may be a live object, or a secret. */
const settings: readonly string[] = [
  "temperature",
  "top_p",
  "topP",
  "top_k",
  "topK",
  "max_tokens",
  "maxTokens",
  "max_completion_tokens",
  "max_output_tokens",
  "maxOutputTokens",
  "stop",
  "stop_sequences",
  "stopSequences",
  "seed",
  "n",
  "presence_penalty",
  "frequency_penalty",
  "logprobs",
  "top_logprobs",
  "logit_bias",
  "tool_choice",
  "toolChoice",
  "toolConfig",
  "parallel_tool_calls",
  "response_format",
  "format",
  "text",
  "output_config",
  "output_format",
  "modalities",
  "reasoning",
  "reasoning_effort",
  "verbosity",
  "thinking",
  "think",
  "generationConfig",
  "inferenceConfig",
  "options",
  "safePrompt",
  "service_tier",
];

/** What LangChain says of every model, by the names that most providers have for it. */
const standard: Readonly<Record<string, string>> = {
  ls_temperature: "temperature",
  ls_max_tokens: "max_tokens",
  ls_stop: "stop",
};

export function parametersOf(
  { invocationParams, metadata }: ModelStarted,
  content: Content,
): JsonValue | undefined {
  const said = new Map<string, JsonValue>();
  const say = (name: string, value: unknown): void => {
    if (value === undefined) return;
    const json = content.json(value);
    if (json !== undefined && !isEmpty(json)) said.set(name, json);
  };
  for (const name of settings) say(name, invocationParams[name]);
  if (said.size === 0)
    for (const [name, common] of Object.entries(standard)) say(common, metadata[name]);
  return said.size === 0 ? undefined : Object.fromEntries(said);
}

/** Integrations pass on lists and objects that nobody filled. */
function isEmpty(value: JsonValue): boolean {
  if (value === null) return true;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}

export function requestModelOf({ metadata, invocationParams }: ModelStarted): string | undefined {
  return (
    textOf(metadata["ls_model_name"]) ??
    textOf(invocationParams["model"]) ??
    textOf(invocationParams["model_name"])
  );
}

/** Integrations built on OpenAI's say "openai" for their own provider; the path of their class knows better. */
export function providerOf({ metadata, classPath }: ModelStarted): string | undefined {
  const said = textOf(metadata["ls_provider"]);
  const [, group, integration] = classPath;
  if (said !== "openai" || group !== "chat_models" || integration === undefined) return said;
  return integration.includes("openai") ? said : integration;
}
