import { isRecord } from "@spoor/core";
import type { Fields } from "../callbacks/native.ts";
import { fieldsOf, memberOf, textOf } from "../callbacks/reading.ts";

/** What makes an object a checkpointer, whichever package it is from. */
const methods = ["getTuple", "list", "put", "putWrites"] as const;

export function isSaver(given: unknown): given is object {
  return isRecord(given) && methods.every((name) => typeof memberOf(given, name) === "function");
}

/** Which checkpoint of which graph of which thread a config addresses. */
export interface Address {
  readonly thread: string;
  /** Empty for the outermost graph. */
  readonly namespace: string;
  readonly checkpoint?: string;
}

/** Null: it names no thread, and the checkpointer will say so. */
export function addressIn(config: unknown): Address | null {
  const configurable = fieldsOf(memberOf(config, "configurable"));
  const thread = threadOf(memberOf(configurable, "thread_id"));
  if (thread === null) return null;
  const checkpoint = textOf(memberOf(configurable, "checkpoint_id"));
  return {
    thread,
    namespace: textOf(memberOf(configurable, "checkpoint_ns")) ?? "",
    ...(checkpoint === undefined ? {} : { checkpoint }),
  };
}

/** As callbacks name it: a number counts as its text. */
export function threadOf(given: unknown): string | null {
  return typeof given === "number" ? String(given) : (textOf(given) ?? null);
}

/** What a checkpointer gave back for one checkpoint. */
export interface Loaded {
  readonly address: Address | null;
  readonly checkpoint: Fields;
  readonly metadata: Fields;
  readonly pendingWrites: readonly unknown[];
}

/** Null: there was none. */
export function loadedIn(tuple: unknown): Loaded | null {
  if (!isRecord(tuple)) return null;
  const pending = memberOf(tuple, "pendingWrites");
  return {
    address: addressIn(memberOf(tuple, "config")),
    checkpoint: fieldsOf(memberOf(tuple, "checkpoint")),
    metadata: fieldsOf(memberOf(tuple, "metadata")),
    pendingWrites: Array.isArray(pending) ? pending : [],
  };
}

/** A pair of `putWrites`, or a triple of what is pending. */
export interface Write {
  readonly channel: string;
  readonly value: unknown;
}

export function writesIn(given: unknown): readonly Write[] {
  if (!Array.isArray(given)) return [];
  return given.flatMap((pair: unknown) =>
    Array.isArray(pair) && typeof pair[0] === "string"
      ? [{ channel: pair[0], value: pair[1] as unknown }]
      : [],
  );
}
