import { journalReader, sessionSummary, type SessionSummary, type SessionView } from "@spoor/core";
import { readArguments } from "../arguments.ts";
import { BadInput } from "../bad-input.ts";
import type { Command } from "../command.ts";
import { existingJournalFolder } from "../journal-folder.ts";
import { printJson, printLines, warn } from "../output.ts";
import { sessionTable } from "../session-table.ts";
import { sessionsIn } from "../sessions-in.ts";
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
    "--since T   active since a date (2026-01-31), a time, or so long ago (90m, 24h, 7d)",
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
    const { views, content } = sessionsIn(journalReader(existingJournalFolder(dir, io)), io);
    const found = views
      .filter((view) => tool === undefined || usesTool(view, tool))
      .filter((view) => since === undefined || (lastTime(view) ?? -Infinity) >= earliest)
      .toSorted((left, right) => (lastTime(right) ?? 0) - (lastTime(left) ?? 0))
      .map((view) => sessionSummary(view, content))
      .filter((session) => user === undefined || session.userId === user)
      .filter((session) => status === undefined || session.status === status);
    if (json) printJson(io, found);
    else if (found.length > 0) printLines(io, sessionTable(found));
    else warn(io, "no session matches");
    return 0;
  },
};

function usesTool({ spans }: SessionView, tool: string): boolean {
  return spans.some(({ kind, name }) => kind === "tool" && name === tool);
}

/** Null where no time in it is known. */
function lastTime({ started, spans }: SessionView): number | null {
  let last = started?.at?.ms ?? null;
  for (const { startedAt, endedAt } of spans)
    for (const time of [startedAt, endedAt]) if (time !== null) last = Math.max(last ?? time, time);
  return last;
}
