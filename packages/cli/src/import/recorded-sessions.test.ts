import {
  createRecorder,
  diskJournal,
  type EventDraft,
  type Journal,
  type SessionView,
} from "@spoor/core";
import { expect, onTestFinished, test } from "vitest";
import { noon, temporaryFolder } from "../spoor.fixture.ts";
import { RecordedSessions } from "./recorded-sessions.ts";

const toolOf = (session: string, key: string): EventDraft => ({
  type: "tool.started",
  session,
  source: "transcript",
  key,
  name: "Read",
});

const turnOf = (session: string): EventDraft => ({
  type: "turn.started",
  session,
  source: "transcript",
  key: "turn",
  name: "turn",
});

function journalIn(dir: string): Journal {
  const journal = diskJournal({ dir, clock: () => noon, acknowledge: "memory" });
  onTestFinished(() => journal.close());
  return journal;
}

interface Importing {
  readonly sessions: RecordedSessions;
  readonly changed: (SessionView | null)[];
  readonly emit: (draft: EventDraft) => void;
  readonly counts: () => readonly [recorded: number, known: number];
}

function importInto(journal: Journal, mostFolded?: number): Importing {
  const changed: (SessionView | null)[] = [];
  const sessions = new RecordedSessions(journal, (_, view) => changed.push(view), mostFolded);
  const recorder = createRecorder({
    journal,
    clock: () => noon,
    recording: true,
    known: (session, id) => sessions.find(session, id),
    recorded: (event, position) => sessions.add(event, position),
  });
  return {
    sessions,
    changed,
    emit: (draft) => void recorder.emit(draft),
    counts: () => [recorder.health().recorded, recorder.health().known],
  };
}

test("what was recorded is known again after its session was closed", () => {
  const { sessions, emit, counts } = importInto(journalIn(temporaryFolder()));
  emit(turnOf("s"));
  emit(toolOf("s", "a"));
  sessions.close();
  emit(turnOf("s"));
  emit(toolOf("s", "a"));
  emit(toolOf("s", "b"));
  expect(counts()).toEqual([3, 2]);
});

test("what other lanes and earlier imports have recorded is known, however its sessions lie among each other", async () => {
  const dir = temporaryFolder();
  const names = Array.from({ length: 100 }, (_, index) => `session ${index}`);
  const first = journalIn(dir);
  const second = journalIn(dir);
  for (const key of ["a", "b"])
    for (const name of names) importInto(key === "a" ? first : second).emit(toolOf(name, key));
  await Promise.all([first.flush(), second.flush()]);
  const { emit, counts } = importInto(journalIn(dir));
  for (const name of names) for (const key of ["a", "b", "c"]) emit(toolOf(name, key));
  expect(counts()).toEqual([100, 200]);
});

test("a session that something was added to is told of as a whole when it is closed", async () => {
  const dir = temporaryFolder();
  const journal = journalIn(dir);
  importInto(journal).emit(toolOf("s", "a"));
  importInto(journal).emit(toolOf("other", "a"));
  await journal.flush();
  const { sessions, changed, emit } = importInto(journal);
  emit(toolOf("other", "a"));
  emit(toolOf("s", "b"));
  sessions.close();
  expect(changed.map((view) => [view?.id, view?.spans.map(({ key }) => key)])).toEqual([
    ["s", ["a", "b"]],
  ]);
  emit(toolOf("s", "c"));
  sessions.close();
  expect(changed.at(-1)?.spans.map(({ key }) => key)).toEqual(["a", "b", "c"]);
  sessions.close();
  expect(changed).toHaveLength(2);
});

test("the stamp of a turn that is known is the one it was recorded with", () => {
  const journal = journalIn(temporaryFolder());
  importInto(journal).emit(turnOf("s"));
  const { sessions, emit } = importInto(journal);
  emit({ ...toolOf("s", "a"), parent: "turn" } as EventDraft);
  emit(turnOf("s"));
  emit({ ...toolOf("s", "b"), parent: "turn" } as EventDraft);
  const last = [...journal.reader().entries()].at(-1)?.line ?? "";
  const [turn] = journal.reader().entries();
  expect(JSON.parse(last).traceId).toBe(JSON.parse(turn?.line ?? "").traceId);
  expect(sessions.ends()).toMatchObject([{ lane: "0", id: JSON.parse(last).id }]);
});

test("a session that is too long is told of without a fold, which would not fit in memory", () => {
  const journal = journalIn(temporaryFolder());
  const { sessions, changed, emit, counts } = importInto(journal, 2);
  for (const key of ["a", "b"]) emit(toolOf("s", key));
  sessions.close();
  emit(toolOf("s", "c"));
  sessions.close();
  for (const key of ["a", "b", "c"]) emit(toolOf("long", key));
  sessions.close();
  expect(changed.map((view) => view?.spans.length)).toEqual([2, undefined, undefined]);
  expect(counts()).toEqual([6, 0]);
});
