import { AsyncLocalStorage } from "node:async_hooks";
import {
  createObserver,
  type DraftOf,
  type EventDraft,
  type EventType,
  type Observer,
  type Scope,
  Session,
  type Span,
} from "@spoor/core";
import { countingIds, foldOf, problemsOf, recordAll } from "@spoor/testing";

export interface Listening {
  readonly observer: Observer;
  /** All that was said, in order. */
  readonly drafts: readonly EventDraft[];
}

/** An observer in memory that keeps what it was told: one process. */
export function listening(name: string = "key"): Listening {
  const drafts: EventDraft[] = [];
  const inner = createObserver({
    journal: "memory",
    newKey: countingIds(name),
    flushOnExit: false,
  });
  const active = new AsyncLocalStorage<Scope>();
  const recorder = {
    emit: (draft: EventDraft) => {
      drafts.push(draft);
      return inner.emit(draft);
    },
  };
  const host = { recorder, active, newKey: countingIds(name) };
  const observer: Observer = {
    ...recorder,
    session: (options = {}) => new Session(host, options, {}),
    active: () => active.getStore() ?? null,
    currentSpan: () => active.getStore()?.context ?? null,
    flush: (options) => inner.flush(options),
    close: (options) => inner.close(options),
    health: () => inner.health(),
  };
  return { observer, drafts };
}

export function ofType<Type extends EventType>(
  drafts: readonly EventDraft[],
  type: Type,
): readonly DraftOf<Type>[] {
  return drafts.filter((draft): draft is DraftOf<Type> => draft.type === type);
}

/** The spans of all sessions that all processes together amount to. Fails where what they say makes no sense. */
export function spansOf(...drafts: readonly (readonly EventDraft[])[]): readonly Span[] {
  const { events, recorder } = recordAll(drafts.flat());
  const { refused } = recorder.health();
  const problems = problemsOf(events);
  if (refused > 0 || problems.length > 0)
    throw new Error(`${refused} refused, ${JSON.stringify(problems)}`);
  const tree = foldOf(events);
  return tree.sessions().flatMap((id) => tree.session(id)?.spans ?? []);
}

/** What a queue makes of it. */
export function overTheWire<Message>(message: Message): Message {
  return JSON.parse(JSON.stringify(message)) as Message;
}
