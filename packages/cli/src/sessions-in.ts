import {
  type BookkeepingReader,
  contentReader,
  createRunTree,
  type JournalReader,
  type SessionView,
} from "@spoor/core";
import type { Io } from "./io.ts";
import { recordedEvents } from "./recorded-events.ts";

/** Sessions as they stand in a journal, and what their references lead to. */
export interface Sessions {
  readonly views: readonly SessionView[];
  readonly content: BookkeepingReader;
}

/** Folds the whole journal, or one session of it. */
export function sessionsIn(reader: JournalReader, io: Io, only?: string): Sessions {
  const tree = createRunTree();
  const content = contentReader(reader);
  for (const event of recordedEvents(reader, io)) {
    if (only !== undefined && event.session !== only) continue;
    tree.apply(event);
    content.apply(event);
  }
  const views = tree.sessions().flatMap((id) => tree.session(id) ?? []);
  return { views, content };
}

/** When each session was last active: by the times of its events, where they have none by when they were recorded. Of what went nothing is told. */
export function lastActivity(reader: JournalReader): ReadonlyMap<string, number> {
  const told = new Map<string, number>();
  const recorded = new Map<string, number>();
  for (const event of recordedEvents(reader, null)) {
    if (event.type === "record.reduced") continue;
    const { session, at, recordedAt } = event;
    if (at) told.set(session, Math.max(told.get(session) ?? at.ms, at.ms));
    recorded.set(session, Math.max(recorded.get(session) ?? recordedAt, recordedAt));
  }
  return new Map([...recorded].map(([session, ms]) => [session, told.get(session) ?? ms]));
}
