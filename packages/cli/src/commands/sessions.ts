import { foundStatuses, sessionSummary } from "@spoor/core";
import { readOptions } from "../typed/arguments.ts";
import { oneOf } from "../typed/choice.ts";
import type { Command } from "../command.ts";
import { pricing } from "../cost/pricing.ts";
import { candidateSessions } from "../find/candidate-sessions.ts";
import { readableJournal } from "../record/journal-folder.ts";
import { lineWidth, plural, printJson, printLines, warn } from "../printing/output.ts";
import { fidelityOf, isOnlyAboutWhatWent, ledgerSessions } from "../retain/ledger-sessions.ts";
import { type Listed, matchingInLedger, usesTool } from "../retain/matching-in-ledger.ts";
import { sessionTable } from "../printing/session-table.ts";
import { readSince } from "../typed/since.ts";

/** All sessions of a journal, or those that match, the one that was last active first. */
export const sessions: Command = {
  name: "sessions",
  usage: "sessions [--user U] [--tool T] [--status S] [--since T] [--json]",
  summary: "what was recorded, one line a session",
  details: [
    "--user U    of this user",
    "--tool T    in which this tool was called",
    `--status S  ${foundStatuses.join(", ")}`,
    "--since T   active since a date (2026-01-31), a time (UTC), or so long ago (90m, 24h, 7d)",
    "--json      an array of the `session` objects of spoor show --json",
  ],
  async run(args, io) {
    const kinds = { user: "string", tool: "string", status: "string", since: "string" } as const;
    const { dir, json, user, tool, status, since } = readOptions("sessions", args, kinds);
    if (status !== undefined) oneOf("--status", status, foundStatuses);
    const earliest = since === undefined ? -Infinity : readSince(since, io.now());
    const { folder, config } = await readableJournal(dir, io);
    const { costOf, settled } = await pricing(io, config);
    const matching: Listed[] = [];
    const inLedger = await ledgerSessions(folder, costOf);
    let timeless = 0;
    const asked = { user, tool, since: since === undefined ? undefined : earliest };
    for (const { view, content, activity } of await candidateSessions(folder, asked, io)) {
      if (inLedger.has(view.id) || isOnlyAboutWhatWent(view)) continue;
      if (tool !== undefined && !usesTool(view, tool)) continue;
      if (since !== undefined && activity.told === null) timeless += 1;
      if (since !== undefined && (activity.told ?? -Infinity) < earliest) continue;
      const cost = costOf(view, content);
      const summary = { ...sessionSummary(view, content, { cost }), fidelity: fidelityOf(view) };
      if (user !== undefined && summary.userId !== user) continue;
      if (status === undefined || summary.status === status)
        matching.push({ summary, last: activity.last });
    }
    const { sessions: cold, untold } = matchingInLedger(inLedger, {
      user,
      tool,
      status,
      since: earliest,
    });
    const found = [...matching, ...cold]
      .toSorted((left, right) => right.last - left.last || byId(left, right))
      .map(({ summary }) => summary);
    if (json) printJson(io, found);
    else if (found.length > 0) printLines(io, sessionTable(found, lineWidth(io)));
    else warn(io, "no session matches");
    if (timeless > 0)
      warn(io, `left out: ${plural(timeless, "session")} in which no time is known`);
    if (untold > 0)
      warn(io, `left out: ${plural(untold, "cold session")} whose users and tools nobody can tell`);
    await settled();
    return 0;
  },
};

/** As `latest` decides between those that were active at the same time. */
const byId = ({ summary: left }: Listed, { summary: right }: Listed): number =>
  left.id < right.id ? -1 : 1;
