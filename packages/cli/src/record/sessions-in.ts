import {
  type BookkeepingReader,
  contentReader,
  createRunTree,
  type JournalReader,
  type SessionView,
} from "@spoor/core";
import type { Io } from "../io.ts";
import type { RecordedEvents } from "./journal-record.ts";
import { recordedEvents } from "./recorded-events.ts";

/** Sessions as they stand in a journal, and what their references lead to. */
export interface Sessions {
  readonly views: readonly SessionView[];
  readonly content: BookkeepingReader;
}

/** Folds the whole journal. */
export function sessionsIn(reader: JournalReader, io: Io): Sessions {
  return sessionsOf({ events: recordedEvents(reader, io), content: reader });
}

/** Folds what was recorded. */
export function sessionsOf({ events, content: source }: RecordedEvents): Sessions {
  const tree = createRunTree();
  const content = contentReader(source);
  for (const event of events) {
    tree.apply(event);
    content.apply(event);
  }
  const views = tree.sessions().flatMap((id) => tree.session(id) ?? []);
  return { views, content };
}
