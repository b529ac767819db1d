import type { ContentReader } from "../../journal/content.ts";
import type { Held } from "../../vocabulary/event.ts";
import { isRecord, type JsonValue } from "../../vocabulary/json.ts";
import { asText } from "../../journal/in-words.ts";
import { valueBehind } from "../value-behind.ts";

/** A channel that a checkpoint brought. Of its value nothing is known here but whether it is another one. */
export interface ChannelChange {
  readonly channel: string;
  /** `set`: it had no value before · `same`: it was written, and its value is as before · `unknown`: one of the two values is not known. */
  readonly change: "set" | "changed" | "same" | "cleared" | "gone" | "unknown";
}

/** Null: what was told of it is not there, and `untold` says why in words. */
export type Listed<Item> =
  | { readonly channels: readonly Item[]; readonly untold: null }
  | { readonly channels: null; readonly untold: string };

/** By channel. Null: it has no value; undefined is a value that nobody could read. */
type Hashes = ReadonlyMap<string, string | null | undefined>;

/** Reads the documents of checkpoints, each after the one that it goes on from. */
export class ChannelChanges {
  readonly #content: ContentReader;
  readonly #known: Map<string, Hashes> = new Map();

  constructor(content: ContentReader) {
    this.#content = content;
  }

  /** `place`, `after`: names of the checkpoint and of the one that it goes on from. */
  of(held: Held | undefined, place: string, after: string | null): Listed<ChannelChange> {
    const document = documentBehind(held, this.#content);
    if (typeof document === "string") return { channels: null, untold: document };
    const before = after === null ? noChannels : this.#known.get(after);
    const isFull = document["from"] === null;
    const now = new Map(isFull ? [] : before);
    const listed = recordsIn(document["channels"]);
    for (const each of listed) now.set(each.channel, hashIn(each));
    const gone = recordsIn(document["gone"]);
    for (const { channel } of gone) now.delete(channel);
    if (isFull || before) this.#known.set(place, now);
    return {
      channels: [
        ...listed
          .filter(({ written }) => written === true)
          .map(({ channel }) => ({ channel, change: changeOf(channel, before, now) })),
        ...(isFull ? lostSince(before, now) : gone).map(({ channel }) => ({
          channel,
          change: "gone" as const,
        })),
      ],
      untold: null,
    };
  }
}

/** The channels that a task wrote, as often as it did. */
export function writtenChannels(held: Held | undefined, content: ContentReader): Listed<string> {
  const document = documentBehind(held, content);
  if (typeof document === "string") return { channels: null, untold: document };
  return { channels: recordsIn(document["writes"]).map(({ channel }) => channel), untold: null };
}

const noChannels: Hashes = new Map();

function changeOf(
  channel: string,
  before: Hashes | undefined,
  now: Hashes,
): ChannelChange["change"] {
  if (!before) return "unknown";
  const is = now.get(channel);
  const was = before.has(channel) ? before.get(channel) : null;
  if (is === undefined || was === undefined) return "unknown";
  if (is === was) return "same";
  if (is === null) return "cleared";
  return was === null ? "set" : "changed";
}

const lostSince = (
  before: Hashes | undefined,
  now: Hashes,
): readonly { readonly channel: string }[] =>
  [...(before?.keys() ?? [])]
    .filter((channel) => !now.has(channel))
    .map((channel) => ({ channel }));

interface Told {
  readonly channel: string;
  readonly [field: string]: JsonValue;
}

function recordsIn(value: JsonValue | undefined): readonly Told[] {
  return Array.isArray(value)
    ? value.filter(
        (each: JsonValue): each is JsonValue & Told =>
          isRecord(each) && typeof each["channel"] === "string",
      )
    : [];
}

function hashIn({ hash, unreadable }: Told): string | null | undefined {
  if (unreadable === true) return undefined;
  return typeof hash === "string" ? hash : null;
}

/** What is not there is said in words. */
function documentBehind(
  held: Held | undefined,
  content: ContentReader,
): Readonly<Record<string, JsonValue>> | string {
  if (held === undefined) return "[not recorded]";
  const value = valueBehind(held, content);
  return isRecord(value) ? value : asText(value);
}
