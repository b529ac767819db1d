import { mostLevels } from "../../../recorder/plain-value.ts";
import { isRecord, type JsonObject, type JsonValue } from "../../../vocabulary/json.ts";
import { jsonIn } from "../json-in.ts";
import { type Block, recordIn, textIn, valueIn } from "./block.ts";

/** What a model asks for, in the words of whatever provider. Null: it does not say which tool. */
export function toolCallPart(call: JsonObject): JsonObject | null {
  const asked = { ...call, ...recordIn(call, "function", "functionCall") };
  const name = textIn(asked, "name", "toolName");
  if (name === null) return null;
  const id = textIn(call, "call_id", "toolCallId", "id");
  const given = valueIn(asked, "arguments", "args", "input");
  return {
    type: "tool_call",
    ...(id === null ? {} : { id }),
    name,
    ...(given === undefined ? {} : { arguments: parsed(given) }),
    ...(typeof call["error"] === "string" ? { error: call["error"] } : {}),
  };
}

/** What a tool answered. */
export function toolResponsePart(block: Block): JsonObject {
  const answer = { ...block, ...recordIn(block, "functionResponse") };
  const id = textIn(answer, "tool_use_id", "call_id", "toolCallId", "tool_call_id", "id");
  return {
    type: "tool_call_response",
    ...(id === null ? {} : { id }),
    response: valueIn(answer, "response", "result", "output", "content") ?? null,
    ...(block["is_error"] === true ? { is_error: true } : {}),
  };
}

/** A tool that the provider runs itself. Null: it does not say which. */
export function serverToolCallPart(block: Block): JsonObject | null {
  const name = textIn(block, "name");
  if (name === null) return null;
  const id = textIn(block, "id");
  const told = block["server_tool_call"];
  const server = textIn(block, "server_name");
  const given = valueIn(block, "input", "args", "arguments");
  return {
    type: "server_tool_call",
    ...(id === null ? {} : { id }),
    name,
    server_tool_call: isTyped(told)
      ? told
      : {
          ...(isRecord(given) ? given : {}),
          ...(server === null ? {} : { server_name: server }),
          type: server === null ? name : "mcp",
        },
  };
}

const resultEnding = /_?(?:tool_(?:call_)?)?(?:result|response)$/;

/** What such a tool answered; its kind is in the name of the block. */
export function serverToolResponsePart(block: Block): JsonObject {
  const id = textIn(block, "tool_use_id", "toolCallId", "id");
  const told = block["server_tool_call_response"];
  return {
    type: "server_tool_call_response",
    ...(id === null ? {} : { id }),
    server_tool_call_response: isTyped(told)
      ? told
      : {
          type: block.type.replace(resultEnding, "") || "tool",
          content: valueIn(block, "content", "output", "result") ?? null,
        },
  };
}

const isTyped = (value: JsonValue | undefined): value is JsonObject =>
  isRecord(value) && typeof value["type"] === "string";

/** Some providers hand on arguments as the text that the model wrote; what is no object stays that text, and so does one deeper than content goes. */
export function parsed(given: JsonValue): JsonValue {
  if (typeof given !== "string" || !/^\s*\{/.test(given)) return given;
  return jsonIn(given, mostLevels) ?? given;
}
