import { isRecord, type JsonValue } from "../../vocabulary/json.ts";

/** A text to look for: what stands in one field of an input, as a whole, and what of it is distinctive by itself. */
export interface Needle {
  /** `file_path`, `edits.0.old`; empty: the input is the text. */
  readonly field: string;
  readonly whole: string;
  readonly parts: readonly string[];
}

/** Of an input with more fields, nobody reads on. */
const mostFields = 12;
const mostParts = 6;
const shortestWhole = 2;
const shortestLine = 8;
const shortestWord = 7;
const shortestName = 4;

/** What of a value can be looked for: its texts and its longer numbers. */
export function needlesIn(value: JsonValue): readonly Needle[] {
  return [...leavesIn(value, "")]
    .map(({ field, text }) => ({ field, whole: text.trim() }))
    .filter(({ whole }) => whole.length >= shortestWhole)
    .slice(0, mostFields)
    .map(({ field, whole }) => ({ field, whole, parts: partsOf(whole) }));
}

interface Leaf {
  readonly field: string;
  readonly text: string;
}

function* leavesIn(value: JsonValue, field: string): Iterable<Leaf> {
  if (typeof value === "string") yield { field, text: value };
  else if (typeof value === "number" && Math.abs(value) >= 1_000)
    yield { field, text: String(value) };
  else if (Array.isArray(value))
    for (const [index, item] of value.entries())
      yield* leavesIn(item, inside(field, String(index)));
  else if (isRecord(value))
    for (const [name, item] of Object.entries(value)) yield* leavesIn(item, inside(field, name));
}

const inside = (field: string, name: string): string => (field === "" ? name : `${field}.${name}`);

/** Lines of a text that has several, else its words: the longest, which say most. */
function partsOf(text: string): readonly string[] {
  const lines = text
    .split(/\r\n|\n/u)
    .map((line) => line.trim())
    .filter((line) => line.length >= shortestLine);
  const parts = lines.length > 1 ? lines : wordsIn(text);
  return [...new Set(parts)]
    .filter((part) => part !== text)
    .toSorted((left, right) => right.length - left.length)
    .slice(0, mostParts);
}

/** Names, paths and numbers: with what stands in a path at its end. */
function wordsIn(text: string): readonly string[] {
  const words = text.match(/[\p{L}\p{N}_@#][\p{L}\p{N}_@#./:\\-]*[\p{L}\p{N}_]/gu) ?? [];
  return words
    .flatMap((word) => [word, ...word.split(/[/\\]/u).slice(-1)])
    .filter((word) => word.length >= (isName(word) ? shortestName : shortestWord));
}

/** No plain word of a language: it has a digit, a capital inside, or something that is no letter. */
const isName = (word: string): boolean => /[^\p{L}]|\p{Ll}\p{Lu}/u.test(word);
