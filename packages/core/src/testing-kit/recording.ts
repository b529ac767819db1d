import type { Journal } from "../journal/journal.ts";
import {
  createRecorder,
  type JournalRecorder,
  type RecorderOptions,
} from "../recorder/recorder.ts";
import { parseEventLine } from "../schema/parse.ts";
import type { SpanContext } from "../vocabulary/carrier.ts";
import type { AgentEvent, EventDraft } from "../vocabulary/event.ts";
import { steadyJournal } from "./journals.ts";

export interface Recording {
  readonly journal: Journal;
  readonly recorder: JournalRecorder;
  /** As they were handed over while they were recorded. */
  readonly events: readonly AgentEvent[];
  /** What each draft was answered with. */
  readonly contexts: readonly (SpanContext | null)[];
}

/** A clock that goes on by a millisecond each time it is asked. */
export function tickingClock(startMs: number = 1_000): () => number {
  let now = startMs;
  return () => (now += 1);
}

export function record(
  drafts: Iterable<EventDraft>,
  options: Partial<RecorderOptions> = {},
): Recording {
  const journal = options.journal ?? steadyJournal();
  const events: AgentEvent[] = [];
  const recorder = createRecorder({
    clock: tickingClock(),
    ...options,
    journal,
    recorded: (event, position) => {
      events.push(event);
      options.recorded?.(event, position);
    },
  });
  const contexts = Array.from(drafts, (draft) => recorder.emit(draft));
  return { journal, recorder, events, contexts };
}

/** Throws at an entry that the format does not allow. */
export function eventsIn(journal: Journal): readonly AgentEvent[] {
  return Array.from(journal.reader().entries(), ({ line }) => {
    const parsed = parseEventLine(line);
    if (!parsed.ok) throw new Error(`${JSON.stringify(parsed.problem)} in ${line.slice(0, 500)}`);
    return parsed.event;
  });
}
