import { isRecord, type JsonObject, type JsonValue } from "../../../vocabulary/json.ts";

/** A message as it was sent to Langfuse, with what the model thought back among what it said: beside that, nobody but Langfuse looks for it. */
export function messageIn(told: JsonValue): JsonValue {
  if (!isRecord(told) || typeof told["role"] !== "string" || !Array.isArray(told["thinking"]))
    return told;
  const { thinking, content, ...message } = told as JsonObject & {
    readonly thinking: readonly JsonValue[];
  };
  return { ...message, content: [...thinking.map(thoughtIn), ...blocksIn(content ?? null)] };
}

/** The messages of an answer, or of what was asked, wherever they stand. */
export const messagesIn = (value: JsonValue): JsonValue =>
  Array.isArray(value) ? value.map(messageIn) : messageIn(value);

function thoughtIn(thought: JsonValue): JsonValue {
  const content = isRecord(thought) ? thought["content"] : thought;
  return { type: "thinking", thinking: content ?? "" };
}

function blocksIn(content: JsonValue): readonly JsonValue[] {
  if (content === null || content === "") return [];
  return Array.isArray(content) ? content : [{ type: "text", text: content }];
}
