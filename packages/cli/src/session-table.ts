import { stripVTControlCharacters } from "node:util";
import type { SessionSummary } from "@spoor/core";
import { dollars } from "./cost/dollars.ts";
import { plural } from "./output.ts";

/** One line a session, its columns aligned; unknown is a question mark. */
export function sessionTable(sessions: readonly SessionSummary[]): readonly string[] {
  const rows = sessions.map(cellsOf);
  const widths = rows.reduce<readonly number[]>(
    (widest, cells) => cells.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  return rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function cellsOf(session: SessionSummary): readonly string[] {
  const { id, status, framework, startedAt, turns, modelCalls, toolCalls, errors, userId } =
    session;
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
function costText({ cost: { usd, unpriced }, usageComplete }: SessionSummary): string {
  if (usd === null) return unpriced === 0 ? "" : "cost unknown";
  const known = `${usageComplete ? "" : "\u2265"}${dollars(usd)}`;
  return unpriced === 0 ? known : `${known} + ${plural(unpriced, "call")} unknown`;
}

function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[\p{Cc}\p{Bidi_Control}]+/gu, " ");
}
