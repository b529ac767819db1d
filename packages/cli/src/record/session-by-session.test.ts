import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { createRecorder, diskJournal, type EventDraft, journalReader } from "@spoor/core";
import { expect, test } from "vitest";
import type { Io } from "../io.ts";
import { sessionBySession } from "./session-by-session.ts";
import { sessionsIn } from "./sessions-in.ts";
import { noon, temporaryFolder } from "../spoor.fixture.ts";

const silent: Io = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  env: {},
  cwd: "/",
  now: () => noon,
  pause: () => Promise.resolve(),
  interruption: () => AbortSignal.abort(),
};

const said = (session: string, drafts: readonly object[]): readonly EventDraft[] =>
  drafts.map((draft) => ({ session, source: "api", ...draft }) as EventDraft);

/** What is said of some sessions, the beginnings of all before the ends of any. */
function interleaved(...sessions: readonly string[]): readonly EventDraft[] {
  return [
    ...sessions.flatMap((session) =>
      said(session, [
        { type: "turn.started", key: "t", name: "turn", userId: `user of ${session}` },
        { type: "model.started", key: "m", name: "m-1", parent: "t" },
      ]),
    ),
    ...sessions.flatMap((session) =>
      said(session, [
        { type: "model.ended", key: "m", outcome: { status: "ok" }, native: { of: session } },
        { type: "turn.ended", key: "t", outcome: { status: "ok" } },
      ]),
    ),
  ];
}

const clock = (): number => noon;

async function record(dir: string, drafts: readonly EventDraft[]): Promise<void> {
  const journal = diskJournal({ dir, clock, segmentBytes: 600 });
  const recorder = createRecorder({ journal, clock });
  for (const draft of drafts) recorder.emit(draft);
  await journal.close();
}

test("sessions come out as from a reading of the whole, over segments, with the content that goes with them", async () => {
  const dir = temporaryFolder();
  await record(dir, interleaved("a", "b", "c"));
  const { views } = sessionsIn(journalReader(dir), silent);
  const sessions = [...sessionBySession(dir, null)];
  expect(sessions.map(({ view }) => view)).toEqual(views);
  for (const { view, content } of sessions) {
    const held = view.spans.flatMap(({ kind, labels, native }) =>
      kind === "turn" ? [labels.userId] : [native],
    );
    expect(held.map((one) => one && content.read(one))).toEqual([
      { kind: "value", value: `user of ${view.id}` },
      { kind: "value", value: { of: view.id } },
    ]);
  }
});

test("a session comes out as soon as the last of it was read", async () => {
  const dir = temporaryFolder();
  await record(dir, [...interleaved("a"), ...interleaved("b")]);
  const found = sessionBySession(dir, null)[Symbol.iterator]();
  expect(found.next().value?.view.id).toBe("a");
  await record(dir, interleaved("c"));
  expect(found.next().value?.view.id).toBe("b");
  expect(found.next().done).toBe(true);
});

test("what two lanes tell of a session is one session", async () => {
  const dir = temporaryFolder();
  const [started, called, ...ends] = interleaved("a");
  if (!started || !called) throw new Error("expected a turn and a call");
  const journal = diskJournal({ dir, clock });
  await record(dir, ends);
  const recorder = createRecorder({ journal, clock });
  for (const draft of [started, called]) recorder.emit(draft);
  await journal.close();
  const [session, ...others] = [...sessionBySession(dir, null)];
  expect(others).toEqual([]);
  expect(session?.view.spans.map(({ status }) => status)).toEqual(["ok", "ok"]);
});

test("only the sessions that are wanted come out", async () => {
  const dir = temporaryFolder();
  await record(dir, interleaved("a", "b"));
  const ids = Array.from(
    sessionBySession(dir, null, (id) => id === "b"),
    ({ view }) => view.id,
  );
  expect(ids).toEqual(["b"]);
});

test("an entry that cannot be read costs nobody the others, and is said once", async () => {
  const dir = temporaryFolder();
  await record(dir, interleaved("a"));
  const [lane] = journalReader(dir).lanes();
  appendFileSync(
    join(dir, "lanes", lane ?? "0", "segments", "0001", "entries.ndjson"),
    "{}\nnothing\n",
  );
  let complaint = "";
  const io = { ...silent, stderr: { write: (text: string) => (complaint += text) } };
  expect([...sessionBySession(dir, io)]).toHaveLength(1);
  expect(complaint).toBe("spoor: left out what cannot be read in the journal: 2 lines\n");
});
