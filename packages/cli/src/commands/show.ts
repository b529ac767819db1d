import { readArguments } from "../typed/arguments.ts";
import { BadInput } from "../bad-input.ts";
import type { Command } from "../command.ts";
import { pricing } from "../cost/pricing.ts";
import { findSession } from "../record/find-session.ts";
import { readableJournal } from "../record/journal-folder.ts";
import { askRecord } from "../record/journal-record.ts";
import { lineWidth, printJson, printLines, wantsColor, warn } from "../printing/output.ts";
import { isOnlyAboutWhatWent, ledgerSessions } from "../retain/ledger-sessions.ts";
import { activeOrCold, coldSentence, printCold, withFidelity } from "../retain/show-cold.ts";
import { sessionsOf } from "../record/sessions-in.ts";
import { viewAsked } from "../show/views.ts";

/** One session: its turns, what was called in them, what it used, and what its model was sent. */
export const show: Command = {
  name: "show",
  usage:
    "show SESSION [--outline | --turn N | --context N | --diff N | --mermaid [--turn N] | --checkpoints [--turn N] | --html FILE] [--lines L] [--json]",
  summary: "one session as a tree, at a glance, or one turn in full",
  details: [
    "SESSION        its id, the beginning of it, or latest",
    "--outline      a long session at a glance: what is remarkable in it, and the rest in stretches",
    "--turn N       one turn in full: all that was said, asked and returned in it",
    "--context N    what the model was sent in turn N, part by part",
    "--diff N       what changed in that against the turn before",
    "--mermaid      the path really taken, as a Mermaid flowchart; with --turn N that of one turn",
    "--checkpoints  what a checkpointer did, and the config that goes on from each checkpoint; with --turn N in one turn",
    "--html FILE    all of it as one page for a browser, which needs no network (docs/spec/page.md)",
    "--lines L      at most so many lines of each text; else all of them",
    "--json         one JSON document (docs/spec/show-json.md; of --mermaid: docs/spec/path-json.md)",
    "",
    "N              as the tree counts turns, from 0; or last",
    "               --context 4.2 and --diff 4.2 are about the second model call of turn 4; 4 is about its last",
  ],
  async run(args, io) {
    const kinds = {
      outline: "boolean",
      turn: "string",
      context: "string",
      diff: "string",
      mermaid: "boolean",
      checkpoints: "boolean",
      html: "string",
      lines: "string",
    } as const;
    const { positionals, dir, json, lines, ...asked } = readArguments("show", args, kinds);
    const [named, ...surplus] = positionals;
    if (named === undefined || surplus.length > 0)
      throw new BadInput("show takes one session: its id, the beginning of it, or latest");
    const most = lines === undefined ? Infinity : readCount("--lines", lines);
    const shown = viewAsked(asked, io.cwd);
    const { folder, config } = await readableJournal(dir, io);
    const prices = shown.hasCosts ? await pricing(io, config) : null;
    const inLedger = await ledgerSessions(folder, prices?.costOf);
    const { session, views, content } = await askRecord(folder, (record) => {
      const found = findSession(named, activeOrCold(record.lastActivity(), inLedger));
      return { session: found, ...sessionsOf(record.sessions([found], io)) };
    });
    const cold = inLedger.get(session) ?? null;
    const view = views.find((found) => !isOnlyAboutWhatWent(found));
    if (!view && cold) {
      if (Object.values(asked).some((option) => option !== undefined))
        throw new BadInput(`${coldSentence(cold)}, so there is nothing of that to show`);
      printCold(cold, json, io);
      await prices?.settled();
      return 0;
    }
    if (!view) throw new BadInput(`session ${session} is not in this journal any more`);
    if (cold) warn(io, `${coldSentence(cold)}; this is what is there beside it`);
    const { report, toLines } = shown.of(view, content, { cost: prices?.costOf(view, content) });
    if (json) printJson(io, withFidelity(report, view, cold));
    else printLines(io, toLines({ color: wantsColor(io), width: lineWidth(io), lines: most }));
    await prices?.settled();
    return 0;
  },
};

function readCount(option: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text))
    throw new BadInput(`${option} takes a number from 1 on, not ${text}`);
  return Number(text);
}
