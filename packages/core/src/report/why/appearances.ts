import type { ContentReader } from "../../journal/content.ts";
import type { SessionView } from "../../run-tree/run-tree.ts";
import type { Span } from "../../run-tree/span.ts";
import { onOneLine } from "../../terminal/one-line.ts";
import { isRecord, type JsonValue } from "../../vocabulary/json.ts";
import { contentBefore, type EarlierContent, type Where } from "./earlier-content.ts";
import { type Needle, needlesIn } from "./needles.ts";
import type { SpanPlace } from "./span-place.ts";
import type { WhyReading } from "./why-reading.ts";

/** Where a text that a span acted on appeared first. */
export interface Appearance {
  /** The field of the input that it stands in; empty: the input is the text. */
  readonly field: string;
  readonly text: string;
  /** `whole`: all of the field was looked for. `part`: as a whole it was nowhere before, but this line or word of it was. */
  readonly of: "whole" | "part";
  /** Null: it is in nothing that was recorded before. */
  readonly first: FirstPlace | null;
}

export interface FirstPlace {
  readonly turn: number;
  readonly where: Where;
  readonly span: SpanPlace;
  /** What stands around it, on one line. */
  readonly excerpt: string;
}

export interface Appearances {
  readonly appearances: readonly Appearance[];
  /** What was said before and is not there to be looked through: withheld, erased, missing or cut. */
  readonly unsearched: number;
}

const mostPartsTold = 3;

/** Exact: a text that was said in other words is not found. Reads what was said before the span once. */
export function appearancesOf(
  span: Span,
  value: JsonValue,
  view: SessionView,
  reading: WhyReading,
): Appearances {
  const needles = needlesIn(value);
  const firsts = new Map<string, FirstPlace>();
  const wanted = new Set(needles.flatMap(({ parts, whole }) => [whole, ...parts]));
  let unsearched = 0;
  for (const said of contentBefore(span, view, reading.content)) {
    const text = textOf(said, reading.content);
    if (text === null) {
      unsearched += 1;
      continue;
    }
    for (const needle of wanted) {
      const at = placeIn(text, needle);
      if (at < 0) continue;
      wanted.delete(needle);
      firsts.set(needle, {
        turn: said.turn,
        where: said.where,
        span: reading.placeOf(said.span),
        excerpt: around(text, at, needle.length),
      });
    }
    if (wanted.size === 0) break;
  }
  return { appearances: needles.flatMap((needle) => told(needle, firsts)), unsearched };
}

/** As a whole, if it is anywhere; else those parts of it that are, the earliest first. */
function told(
  { field, parts, whole }: Needle,
  firsts: ReadonlyMap<string, FirstPlace>,
): readonly Appearance[] {
  const first = firsts.get(whole) ?? null;
  const found = parts.flatMap((text): readonly Appearance[] => {
    const place = firsts.get(text);
    return place ? [{ field, text, of: "part", first: place }] : [];
  });
  const nowhere: Appearance = { field, text: whole, of: "whole", first };
  if (first) return [nowhere];
  return [
    nowhere,
    ...found
      .toSorted((left, right) => (left.first?.turn ?? 0) - (right.first?.turn ?? 0))
      .slice(0, mostPartsTold),
  ];
}

function textOf({ held }: EarlierContent, content: ContentReader): string | null {
  const answer = content.read(held);
  if (answer.kind !== "value" || answer.cutFrom !== undefined) return null;
  return [...textsIn(answer.value)].join("\n");
}

function* textsIn(value: JsonValue): Iterable<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "number") yield String(value);
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item);
  else if (isRecord(value))
    for (const [name, item] of Object.entries(value)) if (name !== "type") yield* textsIn(item);
}

const shortest = 12;
const letter = /[\p{L}\p{N}_]/u;

/** A short text counts as a word by itself only, not inside of another. */
function placeIn(text: string, needle: string): number {
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    if (needle.length >= shortest) return at;
    const [before = "", after = ""] = [text[at - 1], text[at + needle.length]];
    if (!letter.test(before) && !letter.test(after)) return at;
  }
  return -1;
}

const beside = 40;
const longestMiddle = 80;

function around(text: string, at: number, length: number): string {
  const start = Math.max(0, at - beside);
  const end = Math.min(text.length, at + Math.min(length, longestMiddle) + beside);
  const excerpt = onOneLine(text.slice(start, end));
  return `${start > 0 ? "\u2026" : ""}${excerpt}${end < text.length ? "\u2026" : ""}`;
}
