import type { SessionSummary } from "@spoor/core";
import { dollarsText } from "@spoor/core/report/text";
import { unknownText } from "./cost/unknown-text.ts";
import { plural } from "./output.ts";
import { printable } from "./printable.ts";
import type { ListedSession } from "./retain/ledger-sessions.ts";
import { alignedCells } from "./table.ts";

/** One line a session, its columns aligned; unknown is a question mark. */
export const sessionTable = (sessions: readonly ListedSession[]): readonly string[] =>
  alignedCells(sessions.map(cellsOf));

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
