import type { JsonObject, JsonValue } from "@spoor/core";
import { isRecord } from "@spoor/core";
import { jsonFormOf } from "./json-form.ts";
import { isMessage, neutralMessage } from "./message.ts";
import { listOf } from "../reading.ts";

/** LangChain's live objects, or their recorded stand-ins, as the JSON that drafts carry. Never throws, never changes what it reads. */
export interface Content {
  json(value: unknown): JsonValue | undefined;
  /** The same message gives the same object, for as long as it says the same: the recorder then neither scans nor stores it again. */
  message(value: unknown): JsonValue;
  /** The same tools give the same object, in whatever array they come. */
  tools(value: unknown): JsonValue | undefined;
}

interface Converted {
  readonly said: readonly unknown[];
  readonly message: JsonObject;
}
interface ToolList {
  readonly tools: readonly unknown[];
  readonly json: JsonValue | undefined;
}

/** Remembers by the identity of the live object, and no longer than that lives. */
export function createContent(): Content {
  const messages = new WeakMap<object, Converted>();
  const toolLists = new WeakMap<object, ToolList>();

  const json = (value: unknown): JsonValue | undefined =>
    jsonFormOf(value, (object) => (isMessage(object) ? converted(object) : undefined));

  /** LangGraph names messages after the fact, on the same object: then it says something else. */
  const converted = (live: Readonly<Record<string, unknown>>): JsonObject => {
    const said = [live["content"], live["tool_calls"], live["name"]];
    const earlier = messages.get(live);
    if (earlier !== undefined && sameItems(earlier.said, said)) return earlier.message;
    const message = neutralMessage(live, json);
    messages.set(live, { said, message });
    return message;
  };

  return {
    json,
    message: (value) => {
      if (typeof value === "string") return { role: "user", content: value };
      return json(value) ?? null;
    },
    tools: (value) => {
      const tools = listOf(value);
      const first = tools[0];
      if (!isRecord(first)) return undefined;
      const earlier = toolLists.get(first);
      if (earlier !== undefined && sameItems(earlier.tools, tools)) return earlier.json;
      const list = { tools: [...tools], json: json(tools) };
      toolLists.set(first, list);
      return list.json;
    },
  };
}

function sameItems(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}
