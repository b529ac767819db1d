import type { SessionSummary } from "@spoor/core";
import { columnsOf, cutTo, dollarsText } from "@spoor/core/report/text";
import { unknownText } from "../cost/unknown-text.ts";
import { plural } from "./output.ts";
import { printable } from "./printable.ts";
import type { ListedSession } from "../retain/ledger-sessions.ts";
import { alignedCells } from "./table.ts";

/**
 * One line a session, its columns aligned; unknown is a question mark. Where a line is wider than the terminal, ids are cut to what tells one
 * from the others, which is as good as the whole of them here, and then the lines.
 */
export function sessionTable(sessions: readonly ListedSession[], width: number): readonly string[] {
  const rows = sessions.map(cellsOf);
  const whole = alignedCells(rows);
  if (whole.every((line) => columnsOf(line) <= width)) return whole;
  const beginnings = uniqueBeginnings(sessions.map(({ id }) => id));
  const short = alignedCells(
    rows.map(([, ...others], row) => [printable(beginnings[row] ?? ""), ...others]),
  );
  return short.map((line) => cutTo(width, line));
}

const shortestBeginning = 8;

/** Of each id as much as no other one begins with. */
function uniqueBeginnings(ids: readonly string[]): readonly string[] {
  const sorted = ids.toSorted();
  const lengths = new Map(
    sorted.map((id, place) => [
      id,
      1 + Math.max(sharedLength(id, sorted[place - 1]), sharedLength(id, sorted[place + 1])),
    ]),
  );
  return ids.map((id) => id.slice(0, Math.max(shortestBeginning, lengths.get(id) ?? 0)));
}

function sharedLength(id: string, neighbour: string = ""): number {
  const differs = id.split("").findIndex((letter, place) => letter !== neighbour[place]);
  return differs < 0 ? id.length : differs;
}

function cellsOf(session: ListedSession): readonly string[] {
  const {
    id,
    status,
    framework,
    startedAt,
    turns,
    modelCalls,
    toolCalls,
    errors,
    userId,
    fidelity,
  } = session;
  return [
    printable(id),
    status,
    startedAt === null ? "?" : `${startedAt.slice(0, 16).replace("T", " ")}Z`,
    printable(framework ?? "?"),
    plural(turns, "turn"),
    plural(modelCalls, "model call"),
    plural(toolCalls, "tool call"),
    tokensText(session),
    costText(session),
    errors === 0 ? "" : plural(errors, "error"),
    userId === null ? "" : printable(typeof userId === "string" ? userId : JSON.stringify(userId)),
    fidelity === "hot" ? "" : fidelity,
  ];
}

/** All that went in and came out, by whichever call, as far as anybody counted. */
function tokensText({ usage, unattributed, usageComplete }: SessionSummary): string {
  const known = [usage, unattributed]
    .flatMap((used) => (used ? [used.input, used.cacheRead, used.cacheWrite, used.output] : []))
    .filter((tokens) => tokens !== null);
  const sum = known.reduce((total, tokens) => total + tokens, 0);
  if (known.length === 0) return "? tokens";
  return `${usageComplete ? "" : "\u2265"}${sum.toLocaleString("en")} tokens`;
}

/** By our prices; unknown is no zero, and what has no price is said beside what has one. */
function costText({
  cost: { usd, unpriced, unpricedRests },
  usageComplete,
}: SessionSummary): string {
  const unknown = unknownText(unpriced, unpricedRests);
  if (usd === null) return unknown === "" ? "" : "cost unknown";
  const known = `${usageComplete ? "" : "\u2265"}${dollarsText(usd)}`;
  return unknown === "" ? known : `${known} + ${unknown} unknown`;
}
