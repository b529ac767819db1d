import { onOneLine } from "../../terminal/one-line.ts";
import { countText } from "../text/count.ts";
import { headerLines } from "../tree/header.ts";
import { align, emptyRow, textRow } from "../tree/row.ts";
import { paint, piece } from "../tree/styled-text.ts";
import type { TreeOptions } from "../tree.ts";
import type { SessionOutline } from "./outline.ts";
import { overviewRows } from "./overview-rows.ts";
import { stretchesIn } from "./stretch.ts";
import { stretchRow } from "./stretch-row.ts";

export interface OutlineOptions extends TreeOptions {
  /** Lines that the turns fit into: what stands out least is told in stretches where there are more turns. Default: 36. */
  readonly lines?: number;
}

/** A long session at a glance, on one screen or two: how it went, and a line for each turn, or for each stretch of turns. */
export function renderOutline(
  { session, turns, unplaced }: SessionOutline,
  { color = false, times = true, width = Infinity, lines = 36 }: OutlineOptions = {},
): readonly string[] {
  const isCounted = session.usageComplete;
  const overview = overviewRows(turns, isCounted);
  const rows = stretchesIn(turns, lines).map((stretch) => stretchRow(stretch, times, isCounted));
  const outside = unplaced === 0 ? "" : `${countText(unplaced, "span")} in no turn that is known`;
  return [
    ...headerLines(session, times),
    ...align([
      ...(overview.length === 0 ? [] : [emptyRow, ...overview]),
      emptyRow,
      ...rows,
      ...(outside === "" ? [] : [textRow("", [piece(outside, "dim")])]),
      emptyRow,
      textRow("", [
        piece(`one of them in full: spoor show ${onOneLine(session.id)} --turn N`, "dim"),
      ]),
    ]),
  ].map((line) => paint(line, { color, width }));
}
