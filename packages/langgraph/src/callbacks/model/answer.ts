import { isRecord } from "@spoor/core";
import type { Fields } from "../native.ts";
import { fieldsOf, listOf, memberOf, readOr, textOf } from "../reading.ts";

/** What a model run ended with, in the places where providers put their facts. */
export interface ModelAnswer {
  /** The message object itself; undefined for a text model. */
  readonly message: unknown;
  readonly text: string | undefined;
  readonly fields: Fields;
  readonly generation: Fields;
  readonly response: Fields;
  readonly additional: Fields;
  readonly output: Fields;
}

export function modelAnswerOf(result: unknown): ModelAnswer {
  const generation = readOr(undefined, () => listOf(listOf(fieldsOf(result)["generations"])[0])[0]);
  const message = memberOf(generation, "message");
  const text = memberOf(generation, "text");
  return {
    message: typeof message === "object" && message !== null ? message : undefined,
    text: typeof text === "string" ? text : undefined,
    fields: fieldsOf(message),
    generation: fieldsOf(memberOf(generation, "generationInfo")),
    response: fieldsOf(memberOf(message, "response_metadata")),
    additional: fieldsOf(memberOf(message, "additional_kwargs")),
    output: fieldsOf(memberOf(result, "llmOutput")),
  };
}

/** The provider's own count, where the integration passes it on. */
export function rawUsageOf({ output, response }: ModelAnswer): Fields {
  return fieldsOf([output["usage"], response["usage"]].find(isRecord));
}

/** A message that was put together from chunks: only those can be added to. */
export function cameInPieces({ fields }: ModelAnswer): boolean {
  return fields["$message"] === "AIMessageChunk" || typeof fields["concat"] === "function";
}

/** In the form of LangChain's stream events, which integrations can also be asked for where nothing is streamed. */
export function cameInEvents({ response }: ModelAnswer): boolean {
  return response["output_version"] === "v1";
}

/** The model that answered. Unknown where the provider did not say: the one that was asked is another fact. */
export function answeringModelOf({
  response,
  output,
  additional,
}: ModelAnswer): string | undefined {
  return firstText(
    response["model_name"],
    undoubled(response["model"]),
    undoubled(output["model"]),
    undoubled(additional["model"]),
  );
}

/** In the provider's words, or where only LangChain's are left, in those. */
export function finishReasonOf(answer: ModelAnswer): string | undefined {
  const { generation, response, additional, output } = answer;
  const reason = firstText(
    generation["finish_reason"],
    generation["finishReason"],
    response["stop_reason"],
    response["finishReason"],
    response["stopReason"],
    response["done_reason"],
    additional["stop_reason"],
    additional["finishReason"],
    output["stop_reason"],
    fieldsOf(response["incomplete_details"])["reason"],
    response["status"],
    inLangChainsWords(answer),
  );
  return undoubled(reason);
}

/**
 * LangChain's stream events say "stop" wherever an integration said nothing: of an answer that asks for tools it is certainly not the
 * reason, so there nobody has told it.
 */
function inLangChainsWords(answer: ModelAnswer): string | undefined {
  const reason = textOf(answer.response["finish_reason"]);
  const isFilledIn = reason === "stop" && cameInEvents(answer);
  return isFilledIn && listOf(answer.fields["tool_calls"]).length > 0 ? undefined : reason;
}

/** The provider's id. LangChain puts `run-…` where the provider gave none. */
export function responseIdOf({ response, fields }: ModelAnswer): string | undefined {
  const id = firstText(response["id"], fields["id"]);
  return id?.startsWith("run-") ? undefined : id;
}

function firstText(...candidates: readonly unknown[]): string | undefined {
  return candidates.map(textOf).find((text) => text !== undefined);
}

/** Merging stream chunks joins equal strings: "gpt-xgpt-x". */
function undoubled(value: unknown): string | undefined {
  const text = textOf(value);
  const half = text?.slice(0, text.length / 2);
  return half !== undefined && half + half === text ? half : text;
}
