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
  "tool_choice",
  "toolChoice",
  "parallel_tool_calls",
  "response_format",
  "reasoning",
  "reasoning_effort",
  "thinking",
  "generationConfig",
  "service_tier",
];

export function parametersOf(started: ModelStarted, content: Content): JsonValue | undefined {
  const said = settings.flatMap((name): readonly [string, JsonValue][] => {
    const value = content.json(started.invocationParams[name]);
    return value === undefined ? [] : [[name, value]];
  });
  return said.length === 0 ? undefined : Object.fromEntries(said);
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
