import { foundKinds, foundStatuses } from "@spoor/core";
import type { Hit, Query, Search } from "@spoor/core/search";
import { readArguments } from "../typed/arguments.ts";
import { BadInput } from "../bad-input.ts";
import type { Command } from "../command.ts";
import { findJson } from "../find/find-json.ts";
import { hitLines } from "../find/hit-lines.ts";
import { openIndex } from "../find/open-index.ts";
import { readLimit, readQuery } from "../find/read-query.ts";
import { findSession } from "../record/find-session.ts";
import { readableJournal } from "../record/journal-folder.ts";
import { lineWidth, printJson, printLines, wantsColor, warn } from "../printing/output.ts";
import { warnOfUnreadable } from "../record/unreadable.ts";

/** What was done, or said, anywhere in a journal. */
export const find: Command = {
  name: "find",
  usage:
    "find [TEXT] [--session S] [--user U] [--tool T] [--agent A] [--model M] [--kind K] [--status S] [--since T] [--until T] [--limit N] [--json]",
  summary: "what was done or said, in all sessions, one line each",
  details: [
    "TEXT         stands in what was said, asked, returned or went wrong, word for word. Case does not matter,",
    "             unless TEXT has a capital letter. What was withheld or erased is not found",
    "--session S  in this session: its id, the beginning of it, or latest",
    "--user U     of this user",
    "--tool T     calls of this tool",
    "--agent A    in this agent",
    "--model M    calls of this model",
    `--kind K     ${foundKinds.join(", ")}`,
    `--status S   ${foundStatuses.join(", ")}`,
    "--since T    begun since a date (2026-01-31), a time (UTC), or so long ago (90m, 24h, 7d)",
    "--until T    begun before it",
    "--limit N    at most so many, the newest; else 50",
    "--json       one JSON document (docs/spec/search.md)",
    "",
    "Each line: when it began, how it ended, what it is, its name, the id for spoor why, its session for spoor show.",
    "The first time an index is made beside the journal (index.sqlite); it may be removed at any time.",
  ],
  async run(args, io) {
    const names = {
      session: "string",
      user: "string",
      tool: "string",
      agent: "string",
      model: "string",
      kind: "string",
      status: "string",
      since: "string",
      until: "string",
      limit: "string",
    } as const;
    const { positionals, dir, json, limit, ...asked } = readArguments("find", args, names);
    const [text, ...surplus] = positionals;
    if (surplus.length > 0)
      throw new BadInput(
        `find takes one text, not also ${surplus[0]}: put quotes around several words`,
      );
    const { help: _, ...typed } = { help: undefined, ...asked, text };
    const query = readQuery(typed, io.now());
    const most = readLimit(limit);
    const { folder } = await readableJournal(dir, io);
    const search = await openIndex(folder, io);
    try {
      const { hits, more } = firstHits(search, sessionNamed(query, search), most);
      if (json) printJson(io, findJson(hits, more));
      else if (hits.length > 0)
        printLines(io, hitLines(hits, { color: wantsColor(io), width: lineWidth(io) }));
      else warn(io, "nothing matches");
      if (more && !json) warn(io, `there is more than the newest ${most}: --limit N shows more`);
      warnOfUnreadable(io, { lines: search.unreadable, ofAnotherVersion: 0 });
    } finally {
      search.close();
    }
    return 0;
  },
};

/** One more is asked for than is wanted, to know whether there is. */
function firstHits(
  search: Search,
  query: Query,
  most: number,
): { readonly hits: readonly Hit[]; readonly more: boolean } {
  const found = [...search.find({ ...query, limit: most + 1 })];
  return { hits: found.slice(0, most), more: found.length > most };
}

function sessionNamed({ session, ...query }: Query, search: Search): Query {
  if (session === undefined) return query;
  return { ...query, session: findSession(session, search.lastActivity()) };
}
