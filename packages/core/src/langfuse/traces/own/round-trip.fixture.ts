import { contentReader } from "../../../journal/context-book.ts";
import type { ContentReader } from "../../../journal/content.ts";
import type { Observation } from "../../../otlp/encode/overlays/langfuse/observation.ts";
import type { ContextMode } from "../../../otlp/encode/encoding.ts";
import { createRunTree } from "../../../run-tree/run-tree.ts";
import type { Span } from "../../../run-tree/span.ts";
import { record, tickingClock } from "../../../testing-kit/recording.ts";
import type { EventDraft } from "../../../vocabulary/event.ts";
import { observationsOf } from "../../encode/observations.ts";
import { langfuseTraces } from "../adapter.ts";
import { langfuseRecords } from "../document/records.ts";
import { storedRow } from "../stored-row.fixture.ts";

export interface Told {
  readonly spans: readonly Span[];
  readonly content: ContentReader;
}

/** The spans of what is recorded without a clock, as an import does. */
export function toldBy(drafts: Iterable<EventDraft>): Told {
  const { journal, events } = record(drafts, { recording: true, clock: tickingClock() });
  const tree = createRunTree();
  const content = contentReader(journal.reader());
  for (const event of events) {
    tree.apply(event);
    content.apply(event);
  }
  const spans = tree.sessions().flatMap((id) => tree.session(id)?.spans ?? []);
  return { spans, content };
}

export function sent({ spans, content }: Told, contextMode: ContextMode): readonly Observation[] {
  return spans.flatMap((span) => observationsOf(span, { content, contextMode }));
}

/** What Langfuse would give back, newest first. */
export function documentOf(observations: readonly Observation[]): string {
  return JSON.stringify({ data: observations.map(storedRow).toReversed(), meta: {} });
}

export function draftsIn(document: string): readonly EventDraft[] {
  const translator = langfuseTraces.createTranslator();
  return [...langfuseRecords(document)].flatMap((line) => {
    const native = langfuseTraces.parse(line);
    return native === null ? [] : [...translator.translate(native)];
  });
}
