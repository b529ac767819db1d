import { journalReader, renderTree, sessionReport } from "@spoor/core";
import { readArguments } from "../arguments.ts";
import { BadInput } from "../bad-input.ts";
import type { Command } from "../command.ts";
import { findSession } from "../find-session.ts";
import { existingJournalFolder } from "../journal-folder.ts";
import { lineWidth, printJson, printLines, wantsColor } from "../output.ts";
import { lastActivity, sessionsIn } from "../sessions-in.ts";

/** One session: its turns, what was called in them, and what it used. */
export const show: Command = {
  name: "show",
  usage: "show SESSION [--json]",
  summary: "one session as a tree",
  details: [
    "SESSION     its id, the beginning of it, or latest",
    "--json      the whole report as one JSON document (docs/spec/show-json.md)",
  ],
  async run(args, io) {
    const { positionals, dir, json } = readArguments("show", args, {});
    const [asked, ...surplus] = positionals;
    if (asked === undefined || surplus.length > 0)
      throw new BadInput("spoor show takes one session: its id, the beginning of it, or latest");
    const reader = journalReader(existingJournalFolder(dir, io));
    const session = findSession(asked, lastActivity(reader));
    const { views, content } = sessionsIn(reader, io, session);
    const [view] = views;
    if (!view) throw new BadInput(`session ${session} is not in this journal any more`);
    const report = sessionReport(view, content);
    if (json) printJson(io, report);
    else printLines(io, renderTree(report, { color: wantsColor(io), width: lineWidth(io) }));
    return 0;
  },
};
