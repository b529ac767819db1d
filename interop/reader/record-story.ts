import { setTimeout as pause } from "node:timers/promises";
import { createObserver, type EventDraft, type JsonValue } from "@spoor/core";
import { eraseSubject, sealJournal } from "@spoor/core/audit";

/**
 * Sessions with all that makes reading hard: two lanes, a turn that goes on in the other one, contexts that grow, lose their middle and are longer than an
 * entry, two witnesses of one turn, names that no text can hold, a user who was forgotten. All of it is sealed.
 */
export async function recordStory(dir: string): Promise<void> {
  const [first, second] = [
    createObserver({ journal: { dir } }),
    createObserver({ journal: { dir } }),
  ];
  const messages = said(5);

  const asked = first.session({ id: "thread-7", userId: "ada" }).turn({});
  asked.model("m", { context: { messages: messages.slice(0, 2) } }).end("one");
  asked.model("m", { context: { messages } }).end("two");
  asked.model("m", { context: { messages: messages.toSpliced(1, 2) } }).end("three");
  asked.interrupt("approval", "may I?");
  asked.suspend();
  const goesOn = second.session({ id: "thread-7" }).turn({ key: "again", resumes: "approval" });
  goesOn.model("m", { context: { messages: said(600) } }).end("four");
  goesOn.end("done");

  const odd = second.session({ id: 'Straße "\\" \u0001\u007F🦌\uD800' }).turn({ key: "\n\uDFFF" });
  odd.model("m", { context: { messages: [{ text: "half of a pair: \uD800" }] } }).end();
  odd.end();

  for (const draft of twoWitnesses) first.emit(draft);

  const forgotten = first.session({ id: "thread-8", userId: "eve" }).turn({});
  forgotten.model("m", { context: { messages: messages.slice(1) } }).end();
  forgotten.end();

  await Promise.all([first.close(), second.close()]);
  await eraseSubject({ dir, subject: "eve", clock: Date.now, pause: (ms) => pause(ms) });
  await sealJournal({ dir });
}

const said = (length: number): JsonValue[] =>
  Array.from({ length }, (_, place) => ({ role: "user", content: `message ${place} …` }));

const session = "thread-9";
const twoWitnesses: readonly EventDraft[] = [
  { type: "turn.started", session, source: "stream", key: "turn@1", name: "ask" },
  { type: "model.started", session, source: "stream", key: "call-1", name: "m", parent: "turn@1" },
  { type: "turn.started", session, source: "transcript", key: "line-1", name: "ask" },
  {
    type: "model.started",
    session,
    source: "transcript",
    key: "call-1",
    name: "m",
    parent: "line-1",
    context: { messages: ["told by one of them"] },
  },
  {
    type: "span.amended",
    session,
    source: "transcript",
    on: "line-1",
    mark: "turn",
    alias: "turn@1",
  },
];
