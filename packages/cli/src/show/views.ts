import { resolve } from "node:path";
import {
  type ContentReader,
  renderTree,
  sessionReport,
  sessionSummary,
  type SessionView,
} from "@spoor/core";
import {
  checkpointsReport,
  contextsOf,
  inputsOf,
  pathReport,
  renderChange,
  renderCheckpoints,
  renderContext,
  renderMermaid,
  renderOutline,
  renderTurn,
  type ReportOptions,
  sessionOutline,
  type TextOptions,
  turnInFull,
} from "@spoor/core/report";
import { BadInput } from "../bad-input.ts";
import { writePage, writtenText } from "../page/write-page.ts";
import { noCall, noTurn, readAddress } from "./addresses.ts";

/** A report, and how people read it. */
interface Shown {
  readonly report: unknown;
  readonly toLines: (look: Look) => readonly string[];
}

type Look = Required<Pick<TextOptions, "color" | "width" | "lines">>;

/** One of the ways to look at a session. */
export interface Show {
  /** Prices take a moment to load. */
  readonly hasCosts: boolean;
  readonly of: (view: SessionView, content: ContentReader, options: ReportOptions) => Shown;
}

const tree: Show = {
  hasCosts: true,
  of(view, content, options) {
    const report = sessionReport(view, content, options);
    const asked = inputsOf(view, content);
    return { report, toLines: (look) => renderTree(report, { ...look, asked }) };
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

const mermaid = (asked: string | undefined): Show => ({
  hasCosts: true,
  of(view, content, options) {
    const { turns } = sessionSummary(view, content);
    const index = asked === undefined ? undefined : readAddress("--turn", asked, turns).turn;
    const report = pathReport(view, content, { ...options, turn: index });
    if (!report) throw noTurn(index ?? 0, turns);
    return { report, toLines: () => renderMermaid(report) };
  },
});

const checkpoints = (asked: string | undefined): Show => ({
  hasCosts: false,
  of(view, content) {
    const { turns } = sessionSummary(view, content);
    const index = asked === undefined ? undefined : readAddress("--turn", asked, turns).turn;
    const report = checkpointsReport(view, content, { turn: index });
    if (!report) throw noTurn(index ?? 0, turns);
    return { report, toLines: ({ color, width }) => renderCheckpoints(report, { color, width }) };
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

/** The options that name a way; at most one of them may be there, but that a picture and checkpoints may be of one turn. */
export interface Asked {
  readonly outline?: boolean;
  readonly turn?: string;
  readonly context?: string;
  readonly diff?: string;
  readonly mermaid?: boolean;
  readonly checkpoints?: boolean;
  readonly html?: string;
}

/** Throws `BadInput` where several are asked for. None: the tree. */
export function viewAsked(asked: Asked, cwd: string): Show {
  const views = [
    ...(asked.outline ? [outline] : []),
    ...(asked.mermaid ? [mermaid(asked.turn)] : []),
    ...(asked.checkpoints ? [checkpoints(asked.turn)] : []),
    ...(asked.turn === undefined || asked.mermaid || asked.checkpoints ? [] : [turn(asked.turn)]),
    ...(asked.context === undefined ? [] : [context(asked.context)]),
    ...(asked.diff === undefined ? [] : [diff(asked.diff)]),
    ...(asked.html === undefined ? [] : [html(resolve(cwd, asked.html))]),
  ];
  if (views.length > 1)
    throw new BadInput(
      "show takes one of --outline, --turn, --context, --diff, --mermaid, --checkpoints and --html",
    );
  return views[0] ?? tree;
}
