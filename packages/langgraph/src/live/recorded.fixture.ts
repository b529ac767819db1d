import type { Callbacks } from "@langchain/core/callbacks/manager";
import {
  type AgentEvent,
  type ContentReader,
  createGrammar,
  createObserver,
  createRunTree,
  describeProblem,
  type EventExporter,
  type Observer,
  renderTree,
  type SessionReport,
  sessionReport,
} from "@spoor/core";
import { spoorCallbacks } from "../handler/spoor-callbacks.ts";
import { countedIds } from "./plain.ts";

type CallbackHandlers = Extract<Callbacks, readonly unknown[]>;

/** What a scenario has beside the framework: what an application would pass on. */
export interface Stage {
  readonly callbacks: CallbackHandlers;
}
/** What an application does with LangGraph. Resolves to all that it gets to see. */
export type Run = (stage: Stage) => Promise<unknown>;

export interface RecordedRun {
  readonly answer: unknown;
  /** Every session as `spoor show` prints it, without times; what links turns beyond their order stands at the end. */
  readonly tree: string;
  /** What the format forbids, was refused, or hangs nowhere. */
  readonly problems: readonly string[];
}

/** Runs it under a real observer whose clock only counts. */
export async function recorded(run: Run): Promise<RecordedRun> {
  const collected = collector();
  let ticks = Date.UTC(2026, 0, 1);
  const observer = createObserver({
    journal: "memory",
    exporters: [{ to: collected.exporter, content: "full" }],
    clock: () => (ticks += 1),
    flushOnExit: false,
  });
  const answer = await run({ callbacks: [spoorCallbacks(observer)] });
  await observer.close();
  const reports = collected.reports();
  return {
    answer,
    tree: (reports.map(drawn).join("\n\n") || "nothing was recorded").concat("\n"),
    problems: [...collected.problems(), ...unplaced(reports), ...refused(observer)],
  };
}

function collector() {
  const events: AgentEvent[] = [];
  let content: ContentReader | null = null;
  const exporter: EventExporter = {
    name: "events",
    consumes: "events",
    export: async (batch, context) => {
      events.push(...batch);
      ({ content } = context);
    },
  };
  return {
    exporter,
    reports(): readonly SessionReport[] {
      const tree = createRunTree();
      for (const event of events) tree.apply(event);
      const views = tree.sessions().flatMap((id) => tree.session(id) ?? []);
      return views.flatMap((view) => (content ? [sessionReport(view, content)] : []));
    },
    problems(): readonly string[] {
      const grammar = createGrammar();
      for (const event of events) grammar.apply(event);
      return grammar.problems().map(describeProblem);
    },
  };
}

function drawn(report: SessionReport): string {
  const lines = renderTree(countedIds(report), { times: false, width: 160 });
  const told = new Set(["previous", "resume"]);
  const links = report.turns.flatMap(({ index, links }) =>
    links
      .filter(({ kind }) => !told.has(kind))
      .map(({ kind, spanId }) => `turn ${index}: ${kind} of ${placeOf(spanId, report)}`),
  );
  return [...lines, ...links].join("\n");
}

function placeOf(spanId: string, { turns }: SessionReport): string {
  const turn = turns.find(({ spans }) => spans.some((span) => span.spanId === spanId));
  return turn ? `turn ${turn.index}` : "a span outside of this session";
}

const unplaced = (reports: readonly SessionReport[]): readonly string[] =>
  reports.flatMap((report) => report.unplaced.map(({ name }) => `${name} hangs nowhere`));

function refused(observer: Observer): readonly string[] {
  const { lastRefusal } = observer.health().recorder;
  return lastRefusal ? [lastRefusal.message] : [];
}
