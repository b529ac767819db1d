import { columnsOf } from "../../terminal/columns.ts";
import { graphemesFrom } from "./graphemes.ts";
import { visible } from "./visible.ts";

export interface Room {
  /** Columns that a line may take. */
  readonly columns: number;
  /** Lines that there may be. */
  readonly lines: number;
}

export interface Wrapped {
  readonly lines: readonly string[];
  /** Characters for which there was no room. */
  readonly left: number;
}

const lineEnd = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/gu;

/**
 * A text that came from outside as lines that are safe to print, broken between words where it can be, and never inside of what a reader takes
 * for one character. Looks no further than there is room.
 */
export function wrap(text: string, room: Room): Wrapped {
  const lines: string[] = [];
  let start = 0;
  while (start < text.length && lines.length < room.lines) {
    lineEnd.lastIndex = start;
    const end = lineEnd.exec(text);
    const stop = end?.index ?? text.length;
    const line = breakLine(text.slice(start, stop), {
      columns: room.columns,
      lines: room.lines - lines.length,
    });
    for (const one of line.lines) lines.push(one);
    start = end ? stop + end[0].length : stop;
    if (line.left > 0) return { lines, left: line.left + text.length - start };
  }
  return { lines, left: text.length - start };
}

/** One line without an end, so that there is at least one line of it. Spaces at a break go. */
function breakLine(text: string, { columns, lines: most }: Room): Wrapped {
  const line = visible(text);
  if (columns === Infinity) return { lines: [line], left: 0 };
  const lines: string[] = [];
  let used = 0;
  do {
    const length = fitting(line, used, columns);
    lines.push(line.slice(used, used + length).trimEnd());
    used += length;
    while (line[used] === " ") used += 1;
  } while (used < line.length && lines.length < most);
  return { lines, left: line.length - used };
}

/** How many characters of the rest of a line fit, at least one: up to the last space, unless that would leave half of the room empty. */
function fitting(line: string, start: number, columns: number): number {
  let length = 0;
  let width = 0;
  let lastSpace = 0;
  for (const grapheme of graphemesFrom(line, start)) {
    width += columnsOf(grapheme);
    if (width > columns) {
      const isToTheBrim = grapheme === " " || lastSpace * 2 <= length;
      return length === 0 ? grapheme.length : isToTheBrim ? length : lastSpace;
    }
    length += grapheme.length;
    if (grapheme === " ") lastSpace = length;
  }
  return line.length - start;
}
