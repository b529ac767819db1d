import { asText, isRecord, type Loose, parsed, textAt } from "../loose.ts";
import { listOf } from "./tool-definitions.ts";

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
  readonly type: string;
  readonly index: number;
}

/** The calls that an output asks for: of OpenAI's messages and choices, of LangChain's, and of parts of a message; the first of an id. */
export function callsIn(output: unknown): readonly ToolCall[] {
  const calls = Array.isArray(output)
    ? output.flatMap(inItem)
    : isRecord(output)
      ? inOne(output)
      : [];
  const seen = new Set<string>();
  return calls.flatMap(callOf).filter(({ id, name, arguments: text }) => {
    const key = id || `${name}-${text}`;
    return !seen.has(key) && seen.add(key);
  });
}

function inItem(item: unknown): readonly unknown[] {
  if (!isRecord(item)) return [];
  return isCall(item) && !isMessage(item) ? [item] : [...listed(item), ...partsOf(item)];
}

function inOne(output: Loose): readonly unknown[] {
  if (isCall(output) && !isMessage(output)) return [output];
  const choices = listOf(output["choices"]).filter(isRecord);
  return [
    ...listed(output),
    ...choices.flatMap(({ message }) => (isRecord(message) ? listed(message) : [])),
    ...partsOf(output),
    ...callsAt(output["additional_kwargs"], "tool_calls"),
  ];
}

function listed(message: Loose): readonly unknown[] {
  const calls = parsed(message["tool_calls"]);
  return Array.isArray(calls) ? calls : listOf(parsed(message["toolCalls"]));
}

const callsAt = (value: unknown, key: string): readonly unknown[] =>
  isRecord(value) ? listOf(parsed(value[key])) : [];

function partsOf({ content }: Loose): readonly unknown[] {
  return listOf(content)
    .filter(isRecord)
    .flatMap((part) => {
      if (part["type"] === "tool-call") return [part];
      if (part["type"] !== "tool_use") return [];
      const { id, name, input } = part;
      return [{ id, name, arguments: JSON.stringify(input ?? {}), type: "tool_use" }];
    });
}

function callOf(call: unknown): readonly ToolCall[] {
  if (!isRecord(call)) return [];
  const asked = isRecord(call["function"]) ? call["function"] : null;
  const name = asked?.["name"] ?? call["name"] ?? call["toolName"];
  if (!name) return [];
  const given = asked?.["arguments"] ?? call["arguments"] ?? call["args"] ?? call["input"] ?? {};
  return [
    {
      id: textAt(call, "call_id") ?? textAt(call, "id") ?? textAt(call, "toolCallId") ?? "",
      name: asText(name),
      arguments: typeof given === "string" ? given : JSON.stringify(given),
      type: textAt(call, "type") ?? (asked ? "function" : ""),
      index: Number(call["index"] ?? 0),
    },
  ];
}

const isMessage = (value: Loose): boolean =>
  ["role", "content", "tool_calls", "additional_kwargs"].some((key) => key in value);

const markers = ["function", "function_call", "tool-call", "tool_use"];

/** Whether it has the shape of a call in one of the dialects that the server knows. */
function isCall(value: Loose): boolean {
  const { type, name } = value;
  if (type === "tool-result") return false;
  const asked = value["function"];
  const marked = "id" in value || "index" in value || markers.includes(String(type));
  return (
    (isRecord(asked) && Boolean(asked["name"]) && "arguments" in asked) ||
    (Boolean(value["toolName"]) && (type === "tool-call" || "input" in value || "args" in value)) ||
    (Boolean(name) && "arguments" in value && (marked || Boolean(value["call_id"]))) ||
    (type === "tool_use" && Boolean(name) && "input" in value)
  );
}
