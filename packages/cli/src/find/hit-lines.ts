import type { Hit, TextFound } from "@spoor/core/search";
import { columnsOf, cutTo } from "@spoor/core/report/text";
import { printable } from "../printing/printable.ts";
import { alignedCells } from "../printing/table.ts";
import { isoTime } from "./iso-time.ts";

export interface HitLineOptions {
  readonly color: boolean;
  readonly width: number;
}

/** One line a hit, its columns aligned, what was found at its end; unknown is a question mark. */
export function hitLines(
  hits: readonly Hit[],
  { color, width }: HitLineOptions,
): readonly string[] {
  const told = alignedCells(hits.map(cellsOf));
  return hits.map(({ text }, index) => {
    const line = told[index] ?? "";
    if (!text) return line;
    return `${line}  ${foundText(text, color, width - columnsOf(line) - 2)}`;
  });
}

function cellsOf({ at, status, kind, name, spanId, session }: Hit): readonly string[] {
  return [
    timeText(at),
    status ?? "?",
    kind ?? "?",
    printable(name ?? "?"),
    spanId ?? "-",
    printable(session),
  ];
}

function timeText(at: number | null): string {
  const iso = isoTime(at);
  return iso === null ? "?" : `${iso.slice(0, 19).replace("T", " ")}Z`;
}

const leastRoom = 40;
const before = 20;

/** Cut to the room that is left on the line; where that is too little, the line may be broken by the terminal. */
function foundText(text: TextFound, color: boolean, columns: number): string {
  const room = Math.max(leastRoom, columns);
  const isTight = columnsOf(`${text.field}: ${text.before}${text.match}${text.after}`) > room;
  const lead =
    isTight && text.before.length > before ? `…${text.before.slice(-before)}` : text.before;
  const head = `${text.field}: ${printable(lead)}`;
  const match = cutTo(room - columnsOf(head), printable(text.match));
  const tail = cutTo(room - columnsOf(head) - columnsOf(match), printable(text.after));
  return `${head}${color ? `\u001B[1m${match}\u001B[22m` : match}${tail}`;
}
