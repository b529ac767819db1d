import { type BookkeepingReader, contentReader } from "../../../journal/context-book.ts";
import { createRunTree } from "../../../run-tree/run-tree.ts";
import type { Span } from "../../../run-tree/span.ts";
import { record } from "../../../testing-kit/recording.ts";
import type { EventDraft } from "../../../vocabulary/event.ts";

export interface Journalled {
  readonly spans: readonly Span[];
  readonly content: BookkeepingReader;
}

/** What is said a second apart, as a journal has it and as its spans leave. */
export function spansOf(drafts: readonly EventDraft[]): Journalled {
  const began = Date.UTC(2026, 0, 1, 12);
  const timed = drafts.map((draft, second) => ({ ...draft, at: { ms: began + second * 1_000 } }));
  const { events, journal } = record(timed);
  const content = contentReader(journal.reader());
  const tree = createRunTree();
  for (const event of events) {
    content.apply(event);
    tree.apply(event);
  }
  return { spans: [...tree.settled(Number.POSITIVE_INFINITY)], content };
}
