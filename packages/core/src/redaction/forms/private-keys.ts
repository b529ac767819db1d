import {
  before,
  behind,
  type CharacterSet,
  charactersOf,
  firstOf,
  lettersAndDigits,
} from "../text/character-set.ts";
import { type Finding, mostFindings, nothing, type TextRule } from "../text/text-rule.ts";

const rule = "private-key";
const dashes = "-----";
const words = "PRIVATE KEY";
const headingOfKey = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
const endingOfKey = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
const header = /^\W*(?:Proc-Type|DEK-Info|Version|Comment)\b/;
const longestKey = 16_384;
const mostEnds = 2 * mostFindings;
/** Between its ends a shorter one is not asked what it is made of. */
const shortKey = 400;
/** Words and names are shorter than a line of a key. */
const shortestLine = 40;
/** Of a line that a cut has split; a shorter piece is of no use to anybody. */
const shortestPiece = 16;
const longestLine = 76;
/** What a listing, a quotation or a program has between two lines of a key. */
const widestGap = 48;
/** `Proc-Type: 4,ENCRYPTED` and what else stands before the first line. */
const widestHeader = 200;
const material: CharacterSet = charactersOf(`${lettersAndDigits}+/=`);
const lineEnds: CharacterSet = charactersOf(" \t\r\n\\");

/** Private keys in PEM form, however their lines are numbered, quoted or joined; of one that was cut, what hangs on its heading or its ending. */
export const privateKeys: TextRule = {
  name: rule,
  shortest: 27,
  marks: "-",
  find(text) {
    if (!text.includes(words)) return nothing;
    const found: Finding[] = [];
    const ends = endsIn(text);
    let done = 0;
    for (let index = 0; index < ends.length; index += 1) {
      const end = ends[index] as End;
      const next = ends[index + 1];
      const isWhole = next !== undefined && isKey(text, end, next);
      const from = end.isHeading ? end.from : beginBefore(text, end.from, done);
      if (isWhole) done = next.to;
      else done = end.isHeading ? endBehind(text, end.to, next?.from ?? text.length) : end.to;
      if (isWhole) index += 1;
      found.push({ from, to: done, rule });
    }
    return found;
  },
};

/** A heading and no ending behind it: the lines that follow are the key. */
export function isKeyOpen(text: string): boolean {
  const at = text.lastIndexOf(`${dashes}BEGIN `);
  return at >= 0 && endOf(headingOfKey, text, at) !== null && !text.includes(`${dashes}END `, at);
}

/** Where a text stands among the lines of a key: it is one of them, its ending, or none of it. */
export function lineOfKey(text: string): "within" | "last" | "none" {
  if (text.includes(`${dashes}END `) && text.includes(words)) return "last";
  const first = firstOf(material, text, 0);
  const isBare = behind(material, text, first, longestLine) === text.trimEnd().length;
  const isLine = isBare || header.test(text) || lineWithin(text, 0, widestGap) !== null;
  return isLine ? "within" : "none";
}

/** The heading of a key, or its ending. */
interface End {
  readonly isHeading: boolean;
  readonly from: number;
  readonly to: number;
}

function endsIn(text: string): readonly End[] {
  const ends: End[] = [];
  let from = text.indexOf(dashes);
  while (from >= 0 && ends.length < mostEnds) {
    const heading = endOf(headingOfKey, text, from);
    const to = heading ?? endOf(endingOfKey, text, from);
    if (to !== null) ends.push({ isHeading: heading !== null, from, to });
    from = text.indexOf(dashes, to ?? from + 1);
  }
  return ends;
}

function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

/** Not every text that speaks of a heading and of an ending has a key between them. */
function isKey(text: string, heading: End, ending: End): boolean {
  if (!heading.isHeading || ending.isHeading) return false;
  const length = ending.from - heading.to;
  if (length > longestKey) return false;
  return length <= shortKey || lineWithin(text, heading.to, length) !== null;
}

/** Where a key ends whose ending is missing, at the latest where something else begins. */
function endBehind(text: string, from: number, latest: number): number {
  let to = from;
  let line = lineWithin(text, to, widestHeader);
  while (line !== null && line <= latest && line - from <= longestKey) {
    to = line;
    line = lineWithin(text, to, widestGap);
  }
  const rest =
    lineWithin(text, to, widestGap, shortestPiece) ??
    behind(material, text, behind(lineEnds, text, to, 8), longestLine);
  return rest <= latest && (rest - to >= shortestPiece || rest === text.length) ? rest : to;
}

/** Where a key begins whose heading is missing, at the earliest where something else has ended. */
function beginBefore(text: string, to: number, earliest: number): number {
  let from = to;
  let line = lineBefore(text, from, widestGap + shortestLine);
  while (line !== null && line >= earliest && to - line <= longestKey) {
    from = line;
    line = lineBefore(text, from, widestGap);
  }
  const rest =
    lineBefore(text, from, widestGap, shortestPiece) ??
    before(material, text, before(lineEnds, text, from, 8), longestLine);
  return rest >= earliest && (from - rest >= shortestPiece || rest === 0) ? rest : from;
}

/** The end of the first line of a key that begins within so many characters. */
function lineWithin(
  text: string,
  from: number,
  gap: number,
  shortest: number = shortestLine,
): number | null {
  for (let at = firstOf(material, text, from); at <= from + gap && at < text.length;) {
    const to = behind(material, text, at, longestKey);
    if (to - at >= shortest) return to;
    at = firstOf(material, text, to);
  }
  return null;
}

/** The beginning of the last line of a key that ends within so many characters before. */
function lineBefore(
  text: string,
  to: number,
  gap: number,
  shortest: number = shortestLine,
): number | null {
  for (let at = to; at > 0 && at >= to - gap;) {
    const from = before(material, text, at, longestKey);
    if (at - from >= shortest) return from;
    at = from - 1;
  }
  return null;
}
