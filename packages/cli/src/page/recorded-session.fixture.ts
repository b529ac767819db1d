import {
  type ContentReader,
  contentReader,
  createRecorder,
  createRunTree,
  type EventDraft,
  memoryJournal,
  type SessionReport,
  sessionReport,
  type SessionView,
} from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";

export interface RecordedSession {
  readonly view: SessionView;
  readonly content: ContentReader;
  readonly report: SessionReport;
}

/** What a page of these drafts is made from, after a recorder, a journal and the fold. All of them are of one session. */
export function recordedSession(drafts: Iterable<EventDraft>): RecordedSession {
  const journal = memoryJournal();
  const recorder = createRecorder({ journal, clock: () => 0, recording: true });
  let session = "";
  for (const draft of drafts) {
    session = draft.session;
    recorder.emit(draft);
  }
  const tree = createRunTree();
  const content = contentReader(journal.reader());
  for (const { line } of journal.reader().entries()) {
    const parsed = parseEventLine(line);
    if (!parsed.ok) throw new Error(`expected an event, received ${line}`);
    tree.apply(parsed.event);
    content.apply(parsed.event);
  }
  const view = tree.session(session);
  if (!view) throw new Error(`expected a session ${session}`);
  return { view, content, report: sessionReport(view, content) };
}
