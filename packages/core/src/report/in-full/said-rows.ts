import { columnsOf } from "../../terminal/columns.ts";
import type { JsonValue } from "../../vocabulary/json.ts";
import { countText } from "../text/count.ts";
import { type Row, textRow } from "../tree/row.ts";
import { piece, type Style } from "../tree/styled-text.ts";
import { wordsOf } from "../text/words.ts";
import { type Room, wrap } from "../text/wrap.ts";

/** What was said, in as many lines as there is room for, each behind its guide; the last one says how much is left out. */
export function saidRows(
  sign: string,
  value: JsonValue,
  { guide, room, style }: { readonly guide: string; readonly room: Room; readonly style?: Style },
): readonly Row[] {
  if (value === null) return [];
  const start = sign === "" ? "" : `${sign} `;
  const indent = " ".repeat(columnsOf(start));
  const columns = Math.max(narrowest, room.columns - columnsOf(guide) - indent.length);
  const { lines, left } = wrap(wordsOf(value), { columns, lines: room.lines });
  return [
    ...lines.map((line, index) =>
      textRow(guide, [index === 0 ? piece(start, "dim") : piece(indent), piece(line, style)]),
    ),
    ...(left > 0
      ? [textRow(guide, [piece(`${indent}\u2026 ${countText(left, "more character")}`, "dim")])]
      : []),
  ];
}

const narrowest = 20;
