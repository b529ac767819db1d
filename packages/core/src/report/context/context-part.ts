import { Buffer } from "node:buffer";
import { hash } from "node:crypto";
import type { ContentAnswer, ContentReader } from "../../journal/content.ts";
import { inWords } from "../../journal/in-words.ts";
import type { ContentRef, Held, SpanId } from "../../vocabulary/event.ts";
import type { JsonValue } from "../../vocabulary/json.ts";
import { roleOf } from "../text/words.ts";
import type { Origin } from "./saying.ts";

/** A value, or what became of it. */
export interface ContextPart {
  /** `cut`: head and tail are left. `untold`: that it was said is known, but nobody recorded what. */
  readonly state: ContentAnswer["kind"] | "cut" | "untold";
  /** Of its JSON text, before anything was cut; null where it is not there. */
  readonly bytes: number | null;
  /** SHA-256 of its JSON text after redaction, in hexadecimal; null where it is not there. */
  readonly hash: string | null;
  /** The first turn in which this conversation had it; null where that cannot be known. */
  readonly firstTurn: number | null;
  /** In words where it is not there. */
  readonly value: JsonValue;
}

export interface ContextMessage extends ContextPart {
  /** Its place, from 0. */
  readonly index: number;
  /** Null: it names none. */
  readonly role: string | null;
  /** How it came into the conversation; `request`: that is not known, it stands in what the call was sent. */
  readonly origin: Origin | "request";
  /** The span that it was said in; null: that is not known. */
  readonly spanId: SpanId | null;
}

export type PartOf = (held: Held | null) => Omit<ContextPart, "firstTurn">;

/** Reads each value once, however many calls were sent it. */
export function partReader(content: ContentReader): PartOf {
  const known = new Map<ContentRef, ReturnType<PartOf>>();
  return (held) => {
    if (held === null) return untold;
    if (typeof held === "object") return partFrom(content.read(held));
    const part = known.get(held) ?? partFrom(content.read(held));
    known.set(held, part);
    return part;
  };
}

const untold: ReturnType<PartOf> = {
  state: "untold",
  bytes: null,
  hash: null,
  value: "[nobody recorded what was said here]",
};

function partFrom(answer: ContentAnswer): ReturnType<PartOf> {
  const value = inWords(answer);
  if (answer.kind !== "value") return { state: answer.kind, bytes: null, hash: null, value };
  const json = JSON.stringify(answer.value);
  return {
    state: answer.cutFrom === undefined ? "value" : "cut",
    bytes: answer.cutFrom ?? Buffer.byteLength(json),
    hash: hash("sha256", json, "hex"),
    value,
  };
}

export function requestMessage(
  part: ReturnType<PartOf>,
  place: { readonly index: number; readonly firstTurn: number | null },
): ContextMessage {
  const role = part.state === "value" ? roleOf(part.value) : null;
  return { ...place, role, origin: "request", spanId: null, ...part };
}
