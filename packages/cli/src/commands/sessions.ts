import { sessionSummary, type SessionSummary, type SessionView } from "@spoor/core";
import { readArguments } from "../arguments.ts";
import { BadInput } from "../bad-input.ts";
import type { Command } from "../command.ts";
import { pricing } from "../cost/pricing.ts";
import { candidateSessions } from "../find/candidate-sessions.ts";
import { existingJournalFolder } from "../journal-folder.ts";
import { plural, printJson, printLines, warn } from "../output.ts";
import { fidelityOf, isOnlyAboutWhatWent, ledgerSessions } from "../retain/ledger-sessions.ts";
import { type Listed, matchingInLedger, usesTool } from "../retain/matching-in-ledger.ts";
import { sessionTable } from "../session-table.ts";
import { readSince } from "../since.ts";

const statuses: readonly string[] = [
  "ok",
  "error",
  "cancelled",
  "suspended",
  "open",
  "abandoned",
] satisfies readonly SessionSummary["status"][];

/** All sessions of a journal, or those that match, the one that was last active first. */
export const sessions: Command = {
  name: "sessions",
  usage: "sessions [--user U] [--tool T] [--status S] [--since T] [--json]",
  summary: "what was recorded, one line a session",
  details: [
    "--user U    of this user",
    "--tool T    in which this tool was called",
    `--status S  ${statuses.join(", ")}`,
    "--since T   active since a date (2026-01-31), a time (UTC), or so long ago (90m, 24h, 7d)",
    "--json      an array of the `session` objects of spoor show --json",
  ],
  async run(args, io) {
    const kinds = { user: "string", tool: "string", status: "string", since: "string" } as const;
    const { positionals, dir, json, user, tool, status, since } = readArguments(
      "sessions",
      args,
      kinds,
    );
    if (positionals.length > 0)
      throw new BadInput(
        `spoor sessions takes options only, not ${positionals[0]}: see spoor sessions --help`,
      );
    if (status !== undefined && !statuses.includes(status))
      throw new BadInput(`--status is one of ${statuses.join(", ")}, not ${status}`);
    const earliest = since === undefined ? -Infinity : readSince(since, io.now());
    const folder = await existingJournalFolder(dir, io);
    const { costOf, settled } = await pricing(io);
    const matching: Listed[] = [];
    const inLedger = await ledgerSessions(folder, costOf);
    let timeless = 0;
    const asked = { user, tool, since: since === undefined ? undefined : earliest };
    for (const { view, content } of await candidateSessions(folder, asked, io)) {
      if (inLedger.has(view.id) || isOnlyAboutWhatWent(view)) continue;
      const last = lastTime(view);
      if (tool !== undefined && !usesTool(view, tool)) continue;
      if (since !== undefined && last === null) timeless += 1;
      if (since !== undefined && (last ?? -Infinity) < earliest) continue;
      const cost = costOf(view, content);
      const summary = { ...sessionSummary(view, content, { cost }), fidelity: fidelityOf(view) };
      if (user !== undefined && summary.userId !== user) continue;
      if (status === undefined || summary.status === status) matching.push({ summary, last });
    }
    const { sessions: cold, untold } = matchingInLedger(inLedger, {
      user,
      tool,
      status,
      since: earliest,
    });
    const found = [...matching, ...cold]
      .toSorted((left, right) => (right.last ?? 0) - (left.last ?? 0))
      .map(({ summary }) => summary);
    if (json) printJson(io, found);
    else if (found.length > 0) printLines(io, sessionTable(found));
    else warn(io, "no session matches");
    if (timeless > 0)
      warn(io, `left out: ${plural(timeless, "session")} in which no time is known`);
    if (untold > 0)
      warn(io, `left out: ${plural(untold, "cold session")} whose users and tools nobody can tell`);
    await settled();
    return 0;
  },
};

/** Null where no time in it is known. */
function lastTime({ started, spans }: SessionView): number | null {
  let last = started?.at?.ms ?? null;
  for (const { startedAt, endedAt } of spans)
    for (const time of [startedAt, endedAt]) if (time !== null) last = Math.max(last ?? time, time);
  return last;
}
