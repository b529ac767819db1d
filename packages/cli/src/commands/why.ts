import { type AgentEvent, readLedger, type SpanId } from "@spoor/core";
import { readArguments } from "../typed/arguments.ts";
import { BadInput } from "../bad-input.ts";
import type { Command } from "../command.ts";
import type { Io } from "../io.ts";
import { readableJournal } from "../record/journal-folder.ts";
import { askRecord, type JournalRecord } from "../record/journal-record.ts";
import { lineWidth, plural, printJson, printLines, wantsColor } from "../printing/output.ts";
import { findWithEntries } from "../retain/find-with-entries.ts";
import { sessionsOf } from "../record/sessions-in.ts";
import { renderWhy, type WhyReport, whyReport } from "@spoor/core/report";

/** Why something was done: what led to it, step by step, and where what it acted on came from. */
export const why: Command = {
  name: "why",
  usage: "why SPAN [--session SESSION] [--json]",
  summary: "the causes of a span, and where what it acted on came from",
  details: [
    "SPAN               its id, its key or its tool call id (toolu_…), or the beginning of it",
    "--session SESSION  where several sessions have it: the one that is meant",
    "--json             one JSON document (docs/spec/why-json.md)",
  ],
  async run(args, io) {
    const kinds = { session: "string" } as const;
    const { positionals, dir, json, session } = readArguments("why", args, kinds);
    const [asked, ...surplus] = positionals;
    if (asked === undefined || surplus.length > 0)
      throw new BadInput(
        "why takes one span: its id, its key, or the beginning of it, as spoor find and spoor show SESSION --turn N tell it",
      );
    const { folder } = await readableJournal(dir, io);
    const spans = await askRecord(folder, (record) => {
      const events =
        session === undefined
          ? record.eventsNaming(asked)
          : record.sessions([findWithEntries(session, record.lastActivity(), folder)], null).events;
      return candidates(asked, events).flatMap((candidate) => reportsOf(candidate, record, io));
    });
    const [report] = spans;
    if (!report) throw unknownSpan(asked, folder);
    if (spans.length > 1) throw ambiguous(asked, spans);
    if (json) printJson(io, report);
    else printLines(io, renderWhy(report, { color: wantsColor(io), width: lineWidth(io) }));
    return 0;
  },
};

function unknownSpan(asked: string, folder: string): BadInput {
  const cold = readLedger(folder).size;
  const gone = cold === 0 ? "" : `, but for what went of ${plural(cold, "cold session")}`;
  return new BadInput(
    `no span ${asked} in this journal: spoor show SESSION --json names them all${gone}`,
  );
}

/** Names of one span lead to one report. */
function reportsOf(
  { session, spanIds }: Candidate,
  record: JournalRecord,
  io: Io,
): readonly WhyReport[] {
  const { views, content } = sessionsOf(record.sessions([session], io));
  const reports = views.flatMap((view) =>
    [...spanIds].flatMap((spanId) => whyReport(view, content, spanId) ?? []),
  );
  return [...new Map(reports.map((report) => [report.span.spanId, report])).values()];
}

interface Candidate {
  readonly session: string;
  readonly spanIds: Set<SpanId>;
}

/** What somebody calls by its whole name is that, and nothing whose name happens to begin so. */
function candidates(asked: string, events: Iterable<AgentEvent>): readonly Candidate[] {
  const named = new Map<string, Candidate>();
  const begun = new Map<string, Candidate>();
  for (const event of events) {
    const { session, spanId } = event;
    if (spanId === null) continue;
    const names = namesOf(event);
    const isNamed = names.includes(asked);
    if (!isNamed && !names.some((name) => name?.startsWith(asked))) continue;
    const into = isNamed ? named : begun;
    const candidate = into.get(session) ?? { session, spanIds: new Set() };
    candidate.spanIds.add(spanId);
    into.set(session, candidate);
  }
  return [...(named.size > 0 ? named : begun).values()];
}

function namesOf(event: AgentEvent): readonly (string | null | undefined)[] {
  return [
    event.spanId,
    "key" in event ? event.key : event.on,
    event.type === "tool.started" ? event.toolCallId : null,
  ];
}

const mostNamed = 3;

function ambiguous(
  asked: string,
  spans: readonly {
    readonly session: string;
    readonly span: { readonly spanId: string; readonly name: string };
  }[],
): BadInput {
  const named = spans
    .slice(0, mostNamed)
    .map(({ session, span }) => `${span.name} ${span.spanId} in session ${session}`)
    .join(", ");
  const rest = spans.length > mostNamed ? ", …" : "";
  return new BadInput(
    `${plural(spans.length, "span")} answer to ${asked} (${named}${rest}): give more of the id, or --session`,
  );
}
