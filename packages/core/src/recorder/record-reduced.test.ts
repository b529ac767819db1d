import { expect, test } from "vitest";
import { hashedName } from "../journal/disk/layout.ts";
import { beginning } from "../journal/journal.ts";
import { memoryJournal } from "../journal/memory-journal.ts";
import * as say from "../testing-kit/drafts.ts";
import { journalWith } from "../testing-kit/journals.ts";
import { eventsIn, record } from "../testing-kit/recording.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import { createRecorder } from "./recorder.ts";

const user = "anna@example.com";
const erasure = { subject: hashedName(user), sessions: [say.session], lookedTo: beginning };

test("that something was taken out of a session does not say whose it is", async () => {
  const subjects: string[] = [];
  const inner = memoryJournal();
  const journal = journalWith(inner, {
    store(subject, ref, json, cutFrom) {
      subjects.push(subject);
      return inner.store(subject, ref, json, cutFrom);
    },
  });
  const { recorder } = record([], { journal });
  await inner.reduction.erase(erasure);
  expect(eventsIn(journal)).toMatchObject([{ type: "record.reduced", session: say.session }]);
  recorder.emit(say.turn("turn", { userId: user, input: "hello" }));
  expect(new Set(subjects)).toEqual(new Set([user]));
});

test("after an erasure the same objects are stored again, and contexts start with a full one", async () => {
  const messages = ["one", { role: "user", content: "two" }];
  const call = (key: string): EventDraft =>
    say.model(key, "turn", { context: { instructions: "be kind", messages } });
  const { journal, recorder } = record([say.turn("turn", { userId: user }), call("before")]);
  await journal.reduction.erase(erasure);
  recorder.emit(call("after"));
  const event = eventsIn(journal).at(-1);
  const context = event?.type === "model.started" ? event.context : undefined;
  expect(context).toMatchObject({ from: null, count: 2 });
  const added = Array.isArray(context?.add) ? context.add : [];
  expect(added.map((ref) => journal.reader().find(ref)?.value)).toEqual(messages);
});

test("the reason is redacted as every name is, and what is said is told like every event", async () => {
  const told: string[] = [];
  const journal = memoryJournal();
  const redact = {
    profile: "test",
    redact: (value: unknown) => String(value).replaceAll("secret", "[redacted]"),
  };
  createRecorder({
    journal,
    clock: () => 1_000,
    redact,
    recorded: ({ type }) => void told.push(type),
  });
  await journal.reduction.erase({ ...erasure, reason: "secret 17" });
  expect(eventsIn(journal)).toMatchObject([
    { reason: "[redacted] 17", at: { ms: expect.any(Number) as unknown } },
  ]);
  expect(told).toEqual(["record.reduced"]);
});
