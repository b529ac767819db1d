import type { JsonObject, JsonValue } from "@spoor/core";
import { isRecord } from "@spoor/core";
import type { Fields } from "../native.ts";
import { known, listOf, textOf } from "../reading.ts";

/** What LangChain calls its messages, and who speaks in them. */
const roles: ReadonlyMap<string, string> = new Map([
  ["human", "user"],
  ["ai", "assistant"],
  ["system", "system"],
  ["developer", "system"],
  ["tool", "tool"],
  ["function", "tool"],
]);

type ToJson = (value: unknown) => JsonValue | undefined;

/** A live message knows its type by a method; a recorded one is marked. Plain `{ role, content }` objects are neutral already. */
export function isMessage(value: unknown): value is Fields {
  if (!isRecord(value)) return false;
  if (typeof value["$message"] === "string") return true;
  return typeof value["getType"] === "function" || typeof value["_getType"] === "function";
}

function typeOf(message: Fields): string | undefined {
  const ask = message["getType"] ?? message["_getType"];
  const answer: unknown = typeof ask === "function" ? ask.call(message) : message["type"];
  return textOf(answer);
}

/** A message of no known type speaks for the role it names itself. */
function roleOf(message: Fields): string {
  const type = typeOf(message) ?? "unknown";
  const own = textOf(message["role"]);
  return roles.get(type) ?? (own === undefined ? type : (roles.get(own) ?? own));
}

/** One message in the form that all model calls share, whatever framework or provider they came through. */
export function neutralMessage(message: Fields, json: ToJson): JsonObject {
  return {
    role: roleOf(message),
    content: json(message["content"]) ?? "",
    ...known({
      toolCalls: neutralToolCalls(message["tool_calls"], json),
      toolCallId: textOf(message["tool_call_id"]),
      name: textOf(message["name"]),
      status: message["status"] === "error" ? "error" : undefined,
    }),
  };
}

function neutralToolCalls(calls: unknown, json: ToJson): readonly JsonObject[] | undefined {
  const neutral = listOf(calls)
    .filter(isRecord)
    .map((call) =>
      known({
        id: textOf(call["id"]),
        name: textOf(call["name"]),
        arguments: json(call["args"]),
      }),
    );
  return neutral.length === 0 ? undefined : neutral;
}

/** The calls that an answer asks for; a provider may leave them without ids. */
export function toolCallIdsOf(message: unknown): readonly string[] {
  if (!isRecord(message)) return [];
  return listOf(message["tool_calls"]).flatMap((call) => {
    const id = isRecord(call) ? textOf(call["id"]) : undefined;
    return id === undefined ? [] : [id];
  });
}
