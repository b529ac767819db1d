import type { JsonObject, JsonValue } from "@spoor/core";
import { isRecord } from "@spoor/core";
import { memberOf } from "../reading.ts";
import type { Special } from "./json-form.ts";
import { jsonFormOf } from "./json-form.ts";
import { isMessage } from "./message.ts";
import { Messages } from "./messages.ts";
import type { StatePlace } from "./state-place.ts";
import { ToldOnce } from "./told-once.ts";
import { ToolLists } from "./tool-lists.ts";

/** LangChain's live objects, or their recorded stand-ins, as the JSON that drafts carry. Never throws, never changes what it reads. */
export interface Content {
  json(value: unknown): JsonValue | undefined;
  /** What a graph or a node was given or gave: lists without what the thread's states have told already. */
  state(value: unknown, of: StatePlace): JsonValue | undefined;
  /** The same message gives the same object, for as long as it says the same: the recorder then neither scans nor stores it again. */
  message(value: unknown): JsonValue;
  /** What a tool answered, out of the message around it. */
  toolAnswer(value: unknown, of: StatePlace): JsonValue | undefined;
  /** The same tools give the same object, in whatever array they come. */
  tools(value: unknown): JsonValue | undefined;
}

export function createContent(): Content {
  const special: Special = (object) => (isMessage(object) ? messages.of(object) : undefined);
  const json = (value: unknown): JsonValue | undefined => jsonFormOf(value, special);
  const messages = new Messages(json);
  const told = new ToldOnce((form): form is JsonObject => messages.isForm(form));
  const tools = new ToolLists(json);

  const state = (value: unknown, of: StatePlace): JsonValue | undefined => {
    const form = json(value);
    return form === undefined ? undefined : told.state(form, of);
  };

  return {
    json,
    state,
    message: (value) => {
      if (typeof value === "string") return { role: "user", content: value };
      return json(value) ?? null;
    },
    toolAnswer: (value, of) => {
      const form = isMessage(value) ? json(value) : undefined;
      if (!isRecord(form)) return state(value, of);
      if (form["role"] !== "tool") return form;
      const content = form["content"] ?? "";
      const artifact = json(memberOf(value, "artifact"));
      return artifact === undefined ? content : { content, artifact };
    },
    tools: (value) => tools.of(value),
  };
}
