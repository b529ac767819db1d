import type { EventDraft } from "../../vocabulary/event.ts";
import { recordedSession, said, second, tokens } from "../hand-recorded.fixture.ts";
import type { CostOf } from "../cost-report.ts";
import type { PathGraph } from "./path.ts";
import { pathReport, type PathReport } from "./path-report.ts";

type Status = "ok" | "cancelled" | "suspended" | "error" | "open";

/** What is told of one span; what is not told is as it mostly is. */
export interface Told {
  readonly under: string;
  readonly from: number;
  readonly to?: number;
  readonly kind?: "step" | "task" | "workflow" | "agent" | "model" | "tool";
  readonly name?: string;
  readonly status?: Status;
  readonly step?: number;
  readonly triggers?: readonly string[];
  readonly chose?: string | readonly string[];
  readonly handedTo?: string;
  readonly causedBy?: string;
  readonly attempt?: number;
  /** Of a model call: only a snapshot of what it used is told. */
  readonly isGrowing?: boolean;
}

const outcomeOf = (
  status: Exclude<Status, "open">,
): Extract<EventDraft, { type: "work.ended" }>["outcome"] =>
  status === "error" ? { status, errorType: "Broken" } : { status };

/** A turn from second to second; by its keys, what ran in it. `resumes`: it goes on with the turn before. */
export function turnOf(
  key: string,
  [from, to]: readonly [number, number],
  told: Readonly<Record<string, Told>> = {},
  { status = "ok", resumes = false }: { status?: Status; resumes?: boolean } = {},
): readonly EventDraft[] {
  const began = { ...said, ...second(from), key, name: "turn" } as const;
  return [
    { ...began, type: "turn.started", ...(resumes ? { resumes: true as const } : {}) },
    ...Object.entries(told).flatMap(([name, one]) => spanOf(name, one)),
    ...(status === "suspended"
      ? [
          {
            ...said,
            ...second(to),
            type: "interrupt.raised",
            on: key,
            mark: key,
            wait: key,
          } as const,
        ]
      : []),
    ...(status === "open"
      ? []
      : [
          {
            ...said,
            ...second(to),
            type: "turn.ended",
            key,
            outcome: outcomeOf(status),
          } as const,
        ]),
  ];
}

function spanOf(key: string, told: Told): readonly EventDraft[] {
  const { under, from, to = from + 1, kind = "step", name = key, status = "ok" } = told;
  const { attempt, causedBy, chose, handedTo, step, triggers } = told;
  const opening = {
    ...said,
    ...second(from),
    key,
    parent: under,
    name,
    ...(attempt === undefined ? {} : { attempt }),
    ...(causedBy === undefined ? {} : { causedBy }),
    ...(step === undefined ? {} : { native: { step, ...(triggers ? { triggers } : {}) } }),
  };
  const type = kind === "model" || kind === "tool" ? kind : "work";
  const opened: EventDraft =
    kind === "model" || kind === "tool"
      ? { ...opening, type: `${kind}.started` }
      : { ...opening, type: "work.started", kind };
  const at = { ...said, ...second(to) };
  const marks: EventDraft[] = [
    ...(chose === undefined
      ? []
      : [
          {
            ...at,
            type: "decision.made",
            on: key,
            mark: key,
            kind: "route",
            choice: chose,
          } as const,
        ]),
    ...(handedTo === undefined
      ? []
      : [{ ...at, type: "handoff.made", on: key, mark: key, to: handedTo } as const]),
  ];
  if (kind === "model")
    marks.push({
      ...at,
      type: "usage.reported",
      on: key,
      mark: key,
      basis: "call",
      usage: tokens(1, 1),
      final: told.isGrowing !== true,
    });
  if (status === "open") return [opened, ...marks];
  return [opened, ...marks, { ...at, type: `${type}.ended`, key, outcome: outcomeOf(status) }];
}

/** What is reported of them. */
export function pathOfDrafts(
  drafts: readonly EventDraft[],
  options: { readonly turn?: number; readonly cost?: CostOf } = {},
): PathReport {
  const { view, content } = recordedSession(drafts);
  const report = pathReport(view, content, options);
  if (!report) throw new Error("expected that turn");
  return report;
}

/** The edges of a graph in words: `a → b`, `a → b ×3`, with a wave where the order alone told. */
export function edgesIn({ edges, nodes }: PathGraph): readonly string[] {
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return edges.map(({ basis, from, times, to }) => {
    const often = times === 1 ? "" : ` \u00D7${times}`;
    return `${names.get(from)} ${basis === "order" ? "~" : "\u2192"} ${names.get(to)}${often}`;
  });
}

/** The first graph of a name. */
export function graphNamed({ graphs }: PathReport, name: string): PathGraph {
  const found = graphs.find((graph) => graph.name === name);
  if (!found) throw new Error(`expected a graph ${name}`);
  return found;
}
