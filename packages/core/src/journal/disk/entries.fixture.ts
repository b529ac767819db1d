import { hash } from "node:crypto";
import type { ContentRef } from "../../vocabulary/event.ts";
import { isRecord } from "../../vocabulary/json.ts";
import type { Journal, JournalEntry, Position, Tail } from "../journal.ts";
import { parseJson } from "./parse-json.ts";

export const tailAt = (sequence: number): Tail => ({ sequence, recordedAt: 1_000 + sequence });

export const refTo = (name: string): ContentRef => hash("sha256", name, "hex") as ContentRef;

/** The text of an entry, with whatever else it is to hold. */
export function entryAt(sequence: number, more: object = {}): string {
  return JSON.stringify({ ...tailAt(sequence), ...more });
}

/** Appends the next entry of the lane, as the recorder does. */
export function appendNext(journal: Journal, more: object = {}): Position | null {
  journal.segment();
  const sequence = journal.tail.sequence + 1;
  return journal.append(entryAt(sequence, more), tailAt(sequence));
}

/** What an entry says of itself; throws where it is torn. */
export function parseEntry(entry: JournalEntry): Readonly<Record<string, unknown>> {
  const parsed = parseJson(entry.line);
  if (!isRecord(parsed)) throw new Error(`not an entry: ${entry.line.slice(0, 200)}`);
  return parsed;
}

export function sequencesIn(entries: Iterable<JournalEntry>): readonly number[] {
  return Array.from(entries, (entry) => Number(parseEntry(entry)["sequence"]));
}

export const upTo = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, n) => n);
