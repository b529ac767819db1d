import type { AgentEvent, At } from "../vocabulary/event.ts";
import { cutTo, padTo } from "../terminal/columns.ts";
import { onOneLine } from "../terminal/one-line.ts";
import type { Line, Piece, Tone } from "./line.ts";
import type { Notice } from "./notice.ts";
import type { Work } from "./open-work.ts";
import { between, position } from "./phrases.ts";

/** How a line begins: ▸ opens, ✓ ends, and so on. */
export interface Sign {
  readonly glyph: string;
  readonly tone: Tone;
}

/** Deeper work is not indented further, so that it can still be read. */
const deepest = 12;
const widestName = 60;
const wordColumn = 5;
const edgeColumn = 7;

/** A span's line: when, where in the tree, what it is. */
export function spanLine(
  work: Work,
  at: At | null,
  sign: Sign,
  facts: readonly (Piece | null)[],
): Line {
  return {
    what: [
      ...edge(work.origin, at, work.depth),
      { text: `${sign.glyph} `, tone: sign.tone },
      { text: `${padTo(wordColumn, work.word)} `, tone: "faint" },
      {
        text: cutTo(widestName, onOneLine(work.name)),
        tone: work.depth === 0 ? "strong" : "plain",
      },
    ],
    facts: facts.flatMap((fact) => (fact && fact.text !== "" ? [fact] : [])),
  };
}

/** A mark's line stands under the span that it is on; on none, at the edge. */
export function noticeLine(
  { glyph, tone, word, text }: Notice,
  at: At | null,
  on: Work | null,
): Line {
  return {
    what: [
      ...edge(on?.origin ?? null, at, on ? on.depth + 1 : 0),
      { text: `${glyph} ${padTo(wordColumn, word)} `, tone },
      { text: onOneLine(text), tone: "plain" },
    ],
    facts: [],
  };
}

/** Stands wherever the lines turn to another session. */
export function headingLine(event: AgentEvent): Line {
  const started = event.type === "session.started" ? event : null;
  const framework = onOneLine(
    [started?.framework ?? "", started?.frameworkVersion ?? ""].join(" "),
  );
  const more = `${started?.inferred ? " (inferred)" : ""}${framework === "" ? "" : ` · ${framework}`}`;
  return {
    what: [
      { text: "── ", tone: "faint" },
      { text: onOneLine(event.session), tone: "strong" },
      { text: more, tone: "faint" },
    ],
    facts: [],
  };
}

/** How long after the turn began, and how deep. */
function edge(origin: At | null, at: At | null, depth: number): readonly Piece[] {
  const since = between(origin, at, position).padStart(edgeColumn);
  const indent = "  ".repeat(Math.min(depth, deepest) + 1);
  return [
    { text: since, tone: "faint" },
    { text: indent, tone: "plain" },
  ];
}
