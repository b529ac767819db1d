import { before, behind, type CharacterSet, charactersOf } from "../text/character-set.ts";
import { isCode, isOnlyLetters } from "./program-code.ts";
import { type Extent, lineFrom } from "./value-extent.ts";

const deepest = 200;
const indent: CharacterSet = charactersOf(" ");
/** What may stand before a name on its line: it is the first of an item, or in quotes. */
const lead: CharacterSet = charactersOf(" -\"'");
const scalar = /[|>][+-]?\d?[+-]?[ \t]{0,8}\r?\n/y;
const nextLine = /[ \t]{0,8}\r?\n/y;
const item = /-[ \t]{1,8}["']?([^\s"']{1,200})["']?[ \t]{0,8}(?:\r?\n|$)/y;

/** `|` or `>` and lines that are indented further than the name, or a list of single words; null: neither stands here. */
export function yamlBlockFrom(text: string, from: number, nameFrom: number): Extent | null {
  const lineFromHere = before(lead, text, nameFrom, deepest);
  if (lineFromHere > 0 && text[lineFromHere - 1] !== "\n") return null;
  const column = nameFrom - lineFromHere;
  return scalarFrom(text, from, column) ?? listFrom(text, from, column);
}

function scalarFrom(text: string, from: number, column: number): Extent | null {
  scalar.lastIndex = from;
  if (!scalar.test(text)) return null;
  return linesFrom(text, scalar.lastIndex, (indented) => indented > column);
}

function listFrom(text: string, from: number, column: number): Extent | null {
  nextLine.lastIndex = from;
  if (!nextLine.test(text)) return null;
  const first = nextLine.lastIndex;
  const dash = behind(indent, text, first, deepest);
  item.lastIndex = dash;
  const said = dash - first >= column ? item.exec(text)?.[1] : undefined;
  if (said === undefined || isOnlyLetters(said) || isCode(said)) return null;
  return linesFrom(text, first, (indented, at) => indented >= column && text[at] === "-");
}

/** From the first line that belongs to the last, empty ones between them included. */
function linesFrom(
  text: string,
  first: number,
  belongs: (indented: number, at: number) => boolean,
): Extent | null {
  let from: number | null = null;
  let to = first;
  for (let line = first; line < text.length; line += 1) {
    const at = behind(indent, text, line, deepest);
    const end = lineFrom(text, at).to;
    if (end > at) {
      if (!belongs(at - line, at)) break;
      from ??= at;
      to = end;
    }
    line = text[end] === "\r" && text[end + 1] === "\n" ? end + 1 : end;
  }
  return from === null ? null : { from, to };
}
