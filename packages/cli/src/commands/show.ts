import { resolve } from "node:path";
import {
  type ContentReader,
  journalReader,
  renderTree,
  sessionReport,
  sessionSummary,
  type SessionView,
} from "@spoor/core";
import {
  type CallAddress,
  type Contexts,
  contextsOf,
  renderChange,
  renderContext,
  renderOutline,
  renderTurn,
  type ReportOptions,
  sessionOutline,
  type TextOptions,
  turnInFull,
} from "@spoor/core/report";
import { readArguments } from "../arguments.ts";
import { BadInput } from "../bad-input.ts";
import type { Command } from "../command.ts";
import { pricing } from "../cost/pricing.ts";
import { findSession } from "../find-session.ts";
import { existingJournalFolder } from "../journal-folder.ts";
import { lineWidth, plural, printJson, printLines, wantsColor } from "../output.ts";
import { writePage, writtenText } from "../page/write-page.ts";
import { lastActivity, sessionsIn } from "../sessions-in.ts";

/** One session: its turns, what was called in them, what it used, and what its model was sent. */
export const show: Command = {
  name: "show",
  usage:
    "show SESSION [--outline | --turn N | --context N | --diff N | --html FILE] [--lines L] [--json]",
  summary: "one session as a tree, at a glance, or one turn in full",
  details: [
    "SESSION      its id, the beginning of it, or latest",
    "--outline    a long session at a glance: what is remarkable in it, and the rest in stretches",
    "--turn N     one turn in full: all that was said, asked and returned in it",
    "--context N  what the model was sent in turn N, part by part",
    "--diff N     what changed in that against the turn before",
    "--html FILE  all of it as one page for a browser, which needs no network (docs/spec/page.md)",
    "--lines L    at most so many lines of each text; else all of them",
    "--json       one JSON document (docs/spec/show-json.md)",
    "",
    "N            as the tree counts turns, from 0; or last",
    "             --context 4.2 and --diff 4.2 are about the second model call of turn 4; 4 is about its last",
  ],
  async run(args, io) {
    const kinds = {
      outline: "boolean",
      turn: "string",
      context: "string",
      diff: "string",
      html: "string",
      lines: "string",
    } as const;
    const { positionals, dir, json, lines, ...asked } = readArguments("show", args, kinds);
    const [named, ...surplus] = positionals;
    if (named === undefined || surplus.length > 0)
      throw new BadInput("spoor show takes one session: its id, the beginning of it, or latest");
    const most = lines === undefined ? Infinity : readCount("--lines", lines);
    const shown = viewAsked(asked, io.cwd);
    const reader = journalReader(await existingJournalFolder(dir, io));
    const session = findSession(named, lastActivity(reader));
    const { views, content } = sessionsIn(reader, io, session);
    const [view] = views;
    if (!view) throw new BadInput(`session ${session} is not in this journal any more`);
    const prices = shown.hasCosts ? await pricing(io) : null;
    const { report, toLines } = shown.of(view, content, { cost: prices?.costOf(view, content) });
    if (json) printJson(io, report);
    else printLines(io, toLines({ color: wantsColor(io), width: lineWidth(io), lines: most }));
    await prices?.settled();
    return 0;
  },
};

/** A report, and how people read it. */
interface Shown {
  readonly report: unknown;
  readonly toLines: (look: Look) => readonly string[];
}

type Look = Required<Pick<TextOptions, "color" | "width" | "lines">>;

interface Show {
  /** Prices take a moment to load. */
  readonly hasCosts: boolean;
  readonly of: (view: SessionView, content: ContentReader, options: ReportOptions) => Shown;
}

const tree: Show = {
  hasCosts: true,
  of(view, content, options) {
    const report = sessionReport(view, content, options);
    return { report, toLines: (look) => renderTree(report, look) };
  },
};

const outline: Show = {
  hasCosts: true,
  of(view, content, options) {
    const report = sessionOutline(view, content, options);
    return { report, toLines: ({ color, width }) => renderOutline(report, { color, width }) };
  },
};

const turn = (asked: string): Show => ({
  hasCosts: true,
  of(view, content, options) {
    const { turns } = sessionSummary(view, content);
    const { turn: index } = readAddress("--turn", asked, turns);
    const report = turnInFull(view, content, index, options);
    if (!report) throw noTurn(index, turns);
    return { report, toLines: (look) => renderTurn(report, look) };
  },
});

const context = (asked: string): Show => ({
  hasCosts: false,
  of(view, content) {
    const contexts = contextsOf(view, content);
    const { turns } = sessionSummary(view, content);
    const address = readAddress("--context", asked, turns);
    const report = contexts.report(address);
    if (!report) throw noCall(address, contexts, turns);
    return { report, toLines: (look) => renderContext(report, look) };
  },
});

const diff = (asked: string): Show => ({
  hasCosts: false,
  of(view, content) {
    const contexts = contextsOf(view, content);
    const { turns } = sessionSummary(view, content);
    const address = readAddress("--diff", asked, turns);
    const report = contexts.change(address);
    if (!report) throw noCall(address, contexts, turns);
    return { report, toLines: (look) => renderChange(report, look) };
  },
});

const html = (file: string): Show => ({
  hasCosts: true,
  of(view, content, options) {
    const report = sessionReport(view, content, options);
    const written = writePage(file, { report, view, content });
    return { report: written, toLines: () => [writtenText(written)] };
  },
});

interface Asked {
  readonly outline?: boolean;
  readonly turn?: string;
  readonly context?: string;
  readonly diff?: string;
  readonly html?: string;
}

function viewAsked(asked: Asked, cwd: string): Show {
  const views = [
    ...(asked.outline ? [outline] : []),
    ...(asked.turn === undefined ? [] : [turn(asked.turn)]),
    ...(asked.context === undefined ? [] : [context(asked.context)]),
    ...(asked.diff === undefined ? [] : [diff(asked.diff)]),
    ...(asked.html === undefined ? [] : [html(resolve(cwd, asked.html))]),
  ];
  if (views.length > 1)
    throw new BadInput("spoor show takes one of --outline, --turn, --context, --diff and --html");
  return views[0] ?? tree;
}

function readAddress(option: string, asked: string, turns: number): CallAddress {
  if (asked === "last") return { turn: Math.max(0, turns - 1) };
  const [, turn, call] = /^(\d+)(?:\.([1-9]\d*))?$/.exec(asked) ?? [];
  if (turn === undefined || (call !== undefined && option === "--turn"))
    throw new BadInput(`${option} takes the number of a turn, from 0, or last, not ${asked}`);
  return { turn: Number(turn), call: call === undefined ? undefined : Number(call) };
}

function noCall({ turn, call }: CallAddress, contexts: Contexts, turns: number): BadInput {
  if (turn >= turns) return noTurn(turn, turns);
  const calls = contexts.calls.filter((other) => other.turn === turn).length;
  return calls === 0
    ? new BadInput(`turn ${turn} has no model call, so nothing was sent to a model in it`)
    : new BadInput(`turn ${turn} has ${plural(calls, "model call")}, so none ${turn}.${call}`);
}

function noTurn(turn: number, turns: number): BadInput {
  if (turns === 0) return new BadInput("no turn of the session is known");
  const there = turns === 1 ? "turn 0 only" : `turns 0 to ${turns - 1}`;
  return new BadInput(`the session has no turn ${turn}: it has ${there}`);
}

function readCount(option: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text))
    throw new BadInput(`${option} takes a number from 1 on, not ${text}`);
  return Number(text);
}
