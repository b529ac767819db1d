import type { JsonValue } from "@spoor/core";
import type { Fields } from "../native.ts";
import { textOf } from "../reading.ts";
import { KnownMessages } from "./known-messages.ts";
import type { NeutralMessage } from "./message.ts";
import { neutralMessage } from "./message.ts";
import { sameJson } from "./same-json.ts";

interface Converted {
  readonly id: string | undefined;
  /** What the live object said then. */
  readonly said: readonly unknown[];
  readonly message: NeutralMessage;
}

/**
 * The neutral form of messages. One message has one form, the same object, whether it comes again as itself or as a copy that a checkpoint
 * was read into: so it is neither scanned nor stored again. Remembers live objects no longer than they live, and ids for a while.
 */
export class Messages {
  readonly #json: (value: unknown) => JsonValue | undefined;
  readonly #converted: WeakMap<object, Converted> = new WeakMap();
  readonly #byId: KnownMessages = new KnownMessages();

  constructor(json: (value: unknown) => JsonValue | undefined) {
    this.#json = json;
  }

  of(live: Fields): NeutralMessage {
    const earlier = this.#converted.get(live);
    const id = textOf(live["id"]);
    const saysTheSame = earlier !== undefined && saysStill(live, earlier.said);
    if (saysTheSame && earlier.id === id) return earlier.message;
    const message = saysTheSame ? earlier.message : neutralMessage(live, this.#json);
    const known = id === undefined ? message : this.#asKnown(id, message);
    this.#converted.set(live, { id, said: saidBy(live), message: known });
    return known;
  }

  #asKnown(id: string, message: NeutralMessage): NeutralMessage {
    const name = `${message.role}:${id}`;
    const earlier = this.#byId.get(name);
    if (earlier !== undefined && sameJson(earlier, message)) return earlier;
    this.#byId.set(name, message);
    return message;
  }
}

/** LangGraph names messages after the fact, on the same object: then it says something else. An id that it gets so changes nothing. */
const told = ["content", "tool_calls", "name"] as const;

const saidBy = (live: Fields): readonly unknown[] => told.map((name) => live[name]);

const saysStill = (live: Fields, said: readonly unknown[]): boolean =>
  told.every((name, at) => live[name] === said[at]);
