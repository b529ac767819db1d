import { join } from "node:path";
import { spoorJson } from "../../audit/spoor-command.ts";
import type { Tokens } from "./usage.ts";

export interface Imported {
  /** How many events were new. */
  readonly events: number;
  readonly sessions: readonly ImportedSession[];
}

export interface ImportedSession {
  readonly outline: string;
  /** As far as it is known. */
  readonly usage: { readonly [Bucket in keyof Tokens]: number | null };
}

interface Report {
  readonly sessions: readonly string[];
  readonly events: number;
  readonly unknown: number;
  readonly malformed: number;
}

interface Shown {
  readonly session: { readonly status: string; readonly usage: ImportedSession["usage"] };
  readonly turns: readonly { readonly spans: readonly ShownSpan[] }[];
  readonly unplaced: readonly ShownSpan[];
}

interface ShownSpan {
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly kind: string;
  readonly name: string;
  readonly status: string;
  readonly attempt?: number;
  readonly expected?: unknown;
  readonly requestModel?: string | null;
  readonly causedBy?: string | null;
}

/** What `spoor import crewai` makes of a file, in a journal beside it. */
export async function imported(folder: string, file: string): Promise<Imported> {
  const journal = ["--dir", join(folder, "journal")];
  const report = await spoorJson<Report>(folder, "import", "crewai", file, ...journal);
  if (report.unknown + report.malformed > 0)
    throw new Error(`${report.unknown} lines are unknown, ${report.malformed} malformed`);
  const shown: Shown[] = [];
  for (const id of report.sessions)
    shown.push(await spoorJson<Shown>(folder, "show", id, ...journal));
  return {
    events: report.events,
    sessions: shown
      .map((one) => ({ outline: outlineOf(one), usage: bucketsOf(one.session.usage) }))
      .toSorted(byOutline),
  };
}

function bucketsOf({ input, cacheRead, output, reasoning }: ImportedSession["usage"]) {
  return { input, cacheRead, output, reasoning };
}

function byOutline(left: { outline: string }, right: { outline: string }): number {
  return left.outline < right.outline ? -1 : 1;
}

/** A tree as text: nothing in it differs from run to run. */
function outlineOf({ session, turns, unplaced }: Shown): string {
  const spans = [...turns.flatMap((turn) => turn.spans), ...unplaced];
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const below = (parent: string | null, depth: number): readonly string[] =>
    spans
      .filter(({ parentSpanId }) =>
        parent === null ? !ids.has(parentSpanId ?? "") : parentSpanId === parent,
      )
      .flatMap((span) => [
        `${"  ".repeat(depth)}${lineOf(span, spans)}`,
        ...below(span.spanId, depth + 1),
      ]);
  const lost = unplaced.length > 0 ? [`${unplaced.length} unplaced`] : [];
  return [`session ${session.status}`, ...below(null, 1), ...lost, ""].join("\n");
}

function lineOf(span: ShownSpan, spans: readonly ShownSpan[]): string {
  const { kind, name, status, attempt, expected, requestModel, causedBy } = span;
  const parts = [kind, requestModel ?? name, status];
  if (attempt !== undefined && attempt > 1) parts.push(`attempt ${attempt}`);
  if (typeof expected === "string") parts.push(`expected “${expected}”`);
  const cause = spans.find(({ spanId }) => spanId === causedBy);
  if (cause !== undefined) parts.push(`asked for by a ${cause.kind}`);
  return parts.join(" · ");
}
