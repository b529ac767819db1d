import type { SpanId } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import type { SessionReport } from "./report.ts";
import { branchesOf } from "./tree/branch.ts";
import { itemRows } from "./tree/branch-rows.ts";
import { headerLines } from "./tree/header.ts";
import { farCauses, referencesIn } from "./tree/references.ts";
import { align, emptyRow, type Row, textRow } from "./tree/row.ts";
import type { Surroundings } from "./tree/span-row.ts";
import { paint, piece } from "./tree/styled-text.ts";
import { turnRows } from "./tree/turn-rows.ts";

export interface TreeOptions {
  /** ANSI colours. Default: none. */
  readonly color?: boolean;
  /** Durations and times of day; without them the same work gives the same tree. Default: shown. */
  readonly times?: boolean;
  /** What tool calls were asked, told in a few words behind them. Default: it is not told. */
  readonly asked?: (tool: SpanId) => JsonValue;
  /** Columns that a line may take. Default: as many as it needs. */
  readonly width?: number;
}

/** A session as a tree for people to read, line by line. Nothing in it can move the cursor or break a line. */
export function renderTree(
  report: SessionReport,
  { color = false, times = true, width = Infinity, asked = () => null }: TreeOptions = {},
): readonly string[] {
  const spans = [...report.turns.flatMap((turn) => turn.spans), ...report.unplaced];
  const surroundings = {
    times,
    references: referencesIn(spans),
    farCauses: farCauses(spans),
    isCounted: report.session.usageComplete,
    asked,
  };
  const lines = [
    ...headerLines(report.session, times),
    ...align([
      ...report.turns.flatMap((turn) => [emptyRow, ...turnRows(turn, surroundings)]),
      ...outsideRows(report, surroundings),
    ]),
  ];
  return lines.map((line) => paint(line, { color, width }));
}

/** What lies in no turn: unplaced spans with their marks, and the session's own marks. */
function outsideRows(
  { unplaced, marks }: SessionReport,
  surroundings: Surroundings,
): readonly Row[] {
  const own = marks.filter(({ spanId }) => spanId === null).map((mark) => ({ mark }));
  const branches = branchesOf(unplaced, marks).map((branch) => ({ branch }));
  const rows = itemRows([...own, ...branches], "", null, surroundings);
  if (rows.length === 0) return [];
  const title = branches.length > 0 ? "in no turn that is known" : "on the session";
  return [emptyRow, textRow("", [piece(title, "bold")]), ...rows];
}
