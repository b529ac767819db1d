import type { FullContext, JsonValue, ReceivedSpan } from "@spoor/core";
import { jsonOf, parsed, textOf } from "../messages/narrow.ts";

export interface ReceivedContent {
  readonly input?: JsonValue;
  readonly output?: JsonValue;
}

/** What went in and came out, where whoever made the span was allowed to say it. */
export function receivedContent({ attributes }: Pick<ReceivedSpan, "attributes">): ReceivedContent {
  const input = firstIn(attributes, [
    "gen_ai.tool.call.arguments",
    "gen_ai.input.messages",
    "input.value",
    "tool_args",
  ]);
  const output = firstIn(attributes, [
    "gen_ai.tool.call.result",
    "gen_ai.output.messages",
    "output.value",
  ]);
  return { ...(input === undefined ? {} : { input }), ...(output === undefined ? {} : { output }) };
}

/** What a model was sent, where that is told. */
export function receivedContext({ attributes }: ReceivedSpan): FullContext | undefined {
  const messages = valueOf(attributes["gen_ai.input.messages"]);
  if (!Array.isArray(messages)) return undefined;
  const instructions = valueOf(attributes["gen_ai.system_instructions"]);
  const tools = valueOf(attributes["gen_ai.tool.definitions"]);
  return {
    messages: messages.map(jsonOf),
    ...(instructions === undefined ? {} : { instructions }),
    ...(tools === undefined ? {} : { tools }),
  };
}

function firstIn(
  attributes: ReceivedSpan["attributes"],
  names: readonly string[],
): JsonValue | undefined {
  return names.map((name) => valueOf(attributes[name])).find((value) => value !== undefined);
}

/** Attributes hold no objects, so what is one stands there as JSON text. */
function valueOf(said: JsonValue | undefined): JsonValue | undefined {
  const text = textOf(said);
  if (text === undefined) return said === "" ? undefined : said;
  return /^[[{]/.test(text) ? jsonOf(parsed(text) ?? text) : text;
}
