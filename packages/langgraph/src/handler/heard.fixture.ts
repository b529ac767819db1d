import { createObserver, type EventDraft, type Recorder, type SpanContext } from "@spoor/core";
import { onTestFinished } from "vitest";

export interface Listening extends Recorder {
  /** What was said since it was last asked. */
  heard(): readonly EventDraft[];
  /** The runs that began since it was last asked, in order. */
  begun(): readonly string[];
}

/** Records, and keeps what was said. */
export function listening(): Listening {
  const observer = createObserver({ journal: "memory" });
  onTestFinished(() => observer.close({ timeoutMs: 0 }));
  const drafts: EventDraft[] = [];
  const heard = (): readonly EventDraft[] => drafts.splice(0);
  return {
    emit: (draft): SpanContext | null => {
      drafts.push(draft);
      return observer.emit(draft);
    },
    heard,
    begun: () =>
      heard().flatMap((draft) => ("key" in draft && "name" in draft ? [draft.name] : [])),
  };
}
