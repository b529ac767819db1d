import type { JsonValue } from "@spoor/core";
import type { Special } from "./json-form.ts";
import { jsonFormOf } from "./json-form.ts";
import { isMessage } from "./message.ts";
import { Messages } from "./messages.ts";
import { ToldOnce } from "./told-once.ts";
import { ToolLists } from "./tool-lists.ts";

/** LangChain's live objects, or their recorded stand-ins, as the JSON that drafts carry. Never throws, never changes what it reads. */
export interface Content {
  json(value: unknown): JsonValue | undefined;
  /** What a graph or a node was given or gave: lists of messages without those that the thread's states have told already. */
  state(value: unknown, of: StatePlace): JsonValue | undefined;
  /** The same message gives the same object, for as long as it says the same: the recorder then neither scans nor stores it again. */
  message(value: unknown): JsonValue;
  /** What a tool answered, out of the message around it. */
  toolAnswer(value: unknown, of: StatePlace): JsonValue | undefined;
  /** The same tools give the same object, in whatever array they come. */
  tools(value: unknown): JsonValue | undefined;
}

export interface StatePlace {
  readonly thread: string;
  /** A question or an answer: the last message of a list is told even if it was told before. */
  readonly showsLast: boolean;
}

export function createContent(): Content {
  const special: Special = (object) => (isMessage(object) ? messages.of(object) : undefined);
  const json = (value: unknown): JsonValue | undefined => jsonFormOf(value, special);
  const messages = new Messages(json);
  const told = new ToldOnce();
  const tools = new ToolLists(json);

  const state = (value: unknown, { thread, showsLast }: StatePlace): JsonValue | undefined =>
    jsonFormOf(value, (object) => {
      if (!Array.isArray(object)) return special(object);
      if (object.length === 0 || !object.every(isMessage)) return undefined;
      const forms = object.map((message) => messages.of(message));
      return told.list(thread, forms, showsLast);
    });

  return {
    json,
    state,
    message: (value) => {
      if (typeof value === "string") return { role: "user", content: value };
      return json(value) ?? null;
    },
    toolAnswer: (value, of) => {
      if (!isMessage(value)) return state(value, of);
      const { role, content } = messages.of(value);
      if (role !== "tool") return json(value);
      const artifact = json(value["artifact"]);
      return artifact === undefined ? content : { content: content ?? "", artifact };
    },
    tools: (value) => tools.of(value),
  };
}
