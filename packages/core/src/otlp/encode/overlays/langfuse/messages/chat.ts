import type { JsonObject, JsonValue } from "../../../../../vocabulary/json.ts";
import type { Message } from "../../../messages/message.ts";
import type { SpanSaid } from "../../../said.ts";
import type { Told } from "../../overlay.ts";
import { readableInput, readableOutput } from "../../said-value.ts";
import { chatMessagesOf } from "./chat-message.ts";
import { withoutBytes } from "./without-bytes.ts";

/**
 * What went into a span. Of a model call all that it was sent, with the tools that it was offered beside the messages; of what answers somebody the
 * text that it was told, where it is one, else messages; of anything else what was said, as it is.
 */
export function inputOf(told: Told): JsonValue | undefined {
  const { inputMessages } = told.said;
  const readable = readableInput(told);
  if (inputMessages === undefined || typeof readable === "string") return bytesLeftOut(readable);
  return bytesLeftOut(told.span.kind === "model" ? sentOf(told.said) : chatOf(inputMessages));
}

/** What came out of it: one message by itself, several as a list. */
export function outputOf(told: Told): JsonValue | undefined {
  const { outputMessages } = told.said;
  const readable = readableOutput(told);
  if (outputMessages === undefined || typeof readable === "string") return bytesLeftOut(readable);
  const messages = chatOf(outputMessages);
  return bytesLeftOut(messages.length === 1 ? messages[0] : messages);
}

const bytesLeftOut = (value: JsonValue | undefined): JsonValue | undefined =>
  value === undefined ? undefined : withoutBytes(value);

const chatOf = (messages: readonly Message[]): readonly JsonObject[] =>
  messages.flatMap(chatMessagesOf);

/** Langfuse looks for tools beside the messages, and puts them there itself where it finds them elsewhere. */
function sentOf({ instructions = [], inputMessages = [], tools = [] }: SpanSaid): JsonValue {
  const instructed = instructions.length === 0 ? [] : [{ role: "system", parts: instructions }];
  const messages = chatOf([...instructed, ...inputMessages]);
  return tools.length === 0 ? messages : { messages, tools: tools.map(toolOf) };
}

function toolOf(tool: JsonObject): JsonObject {
  const { type, ...definition } = tool;
  return type === "function" ? { type, function: definition } : tool;
}
