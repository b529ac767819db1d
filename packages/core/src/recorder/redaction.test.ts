import { describe, expect, test } from "vitest";
import { memoryJournal } from "../journal/memory-journal.ts";
import * as say from "../testing-kit/drafts.ts";
import { journalWith, steadyJournal } from "../testing-kit/journals.ts";
import { record } from "../testing-kit/recording.ts";
import type { ContentRef, EventDraft } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";

const on = (key: string, mark: string) =>
  ({ session: say.session, source: "stream", on: key, mark }) as const;

describe("redaction", () => {
  const secret = "sk-planted-secret";
  const everywhere: readonly EventDraft[] = [
    say.sessionStarted({ userId: `user ${secret}`, native: { [secret]: secret } }),
    say.turn("turn", { input: { text: `my key is ${secret}` }, native: [secret] }),
    say.model("model", "turn", {
      input: secret,
      parameters: { stop: secret },
      context: { instructions: secret, tools: [secret], messages: [{ content: [secret] }] },
    }),
    say.ended("model", "model", { output: secret, detail: secret }),
    say.amended("turn", "1", { input: secret, output: secret }),
    { ...on("turn", "2"), type: "message.sent", role: "user", content: secret },
    { ...on("turn", "3"), type: "decision.made", kind: "k", choice: secret, why: secret },
    { ...on("turn", "4"), type: "interrupt.raised", wait: "w", payload: secret },
  ];
  /** Replaces the secret wherever it stands, names of fields included. */
  const redact = {
    profile: "test",
    redact: (value: JsonValue): JsonValue =>
      JSON.parse(JSON.stringify(value).replaceAll(secret, "***")),
  };

  test("nothing of a planted secret is in any line or content of the journal", () => {
    const stored: string[] = [];
    const inner = steadyJournal();
    const { events } = record(everywhere, {
      redact,
      journal: journalWith(inner, {
        append(entry, tail) {
          stored.push(entry);
          return inner.append(entry, tail);
        },
        store(subject, ref, json) {
          stored.push(json);
          return inner.store(subject, ref, json);
        },
      }),
    });
    expect(events).toHaveLength(everywhere.length);
    expect(stored.length).toBeGreaterThan(everywhere.length * 2);
    expect(stored.join("\n")).not.toContain(secret);
    expect(stored.join("\n")).toContain("my key is ***");
  });

  test("a redactor that throws withholds the value and says so, and the event is recorded", () => {
    const { events, journal } = record(everywhere, {
      redact: {
        profile: "broken",
        redact: () => {
          throw new Error("broken");
        },
      },
    });
    expect(events).toHaveLength(everywhere.length);
    const withheld = { withheld: "redactor failed" };
    expect(events[1]).toMatchObject({ input: withheld, native: withheld });
    expect(events[2]).toMatchObject({
      context: { instructions: withheld, tools: withheld, add: [withheld] },
    });
    expect(JSON.stringify([...journal.reader().entries()])).not.toContain(secret);
  });

  test("a redactor that gives nothing back withholds the value", () => {
    const nothing = { profile: "nothing", redact: () => undefined as never };
    const { events } = record([say.turn("a", { input: secret })], { redact: nothing });
    expect(events).toMatchObject([{ input: { withheld: "unserialisable" } }]);
  });

  test("of one field is not taken for that of another, though the value is the same", () => {
    const byField = {
      profile: "by field",
      redact: (value: JsonValue, field: string) =>
        field === "context.instructions" ? value : field,
    };
    const shared = { content: secret };
    for (const value of [secret, shared]) {
      const context = { instructions: value, tools: value, messages: [value] };
      const { events, journal } = record([say.model("m", "t", { context })], { redact: byField });
      const call = events[0]?.type === "model.started" ? events[0].context : undefined;
      const { add = [], tools } = call ?? {};
      const find = (held: unknown): unknown => journal.reader().find(held as ContentRef)?.value;
      expect([add, tools].flat().map(find)).toEqual(["context.messages", "context.tools"]);
    }
  });

  test("is told the place", () => {
    const fields: string[] = [];
    const noting = {
      profile: "noting",
      redact: (value: JsonValue, field: string) => (fields.push(field), value),
    };
    record(everywhere.slice(0, 3), { redact: noting });
    expect(fields.filter((field) => field !== "name").toSorted()).toEqual([
      "context.instructions",
      "context.messages",
      "context.tools",
      "model.input",
      "model.parameters",
      "native",
      "native",
      "session.userId",
      "turn.input",
    ]);
  });
});

describe("content", () => {
  test("is pooled once a segment, however often it is said", () => {
    const journal = memoryJournal();
    const long = "x".repeat(10_000);
    record(
      Array.from({ length: 50 }, (_, index) => say.turn(`turn ${index}`, { input: long })),
      { journal },
    );
    expect(journal.health().bytes).toBeLessThan(10_000 + 50 * 600);
  });

  test("that comes again as the same object is redacted and serialised once", () => {
    let redactions = 0;
    let serialisations = 0;
    const message = {
      role: "user",
      toJSON: () => {
        serialisations += 1;
        return "hello";
      },
    } as unknown as JsonValue;
    const context = { instructions: [message], tools: [message], messages: [message] };
    record(
      Array.from({ length: 20 }, (_, index) => say.model(`model ${index}`, "turn", { context })),
      {
        redact: {
          profile: "counting",
          redact: (value, field) => {
            if (field !== "name") redactions += 1;
            return value;
          },
        },
      },
    );
    expect([redactions, serialisations]).toEqual([3, 3]);
  });

  test("of one object in two sessions lies under both, each by a reference of its own", () => {
    const context = { messages: [{ content: "the same object" }] };
    const { events, journal } = record([
      say.model("a", "turn", { context }),
      say.model("b", "turn", { context, session: "thread 2" }),
    ]);
    const refs = events.flatMap((event) =>
      event.type === "model.started" ? (event.context?.add ?? []) : [],
    );
    expect(new Set(refs).size).toBe(2);
    for (const ref of refs)
      expect(journal.reader().find(ref as ContentRef)?.value).toEqual(context.messages[0]);
  });

  test("lies under the user who was named when the session began, else under the session", () => {
    const subjects: string[] = [];
    const inner = steadyJournal();
    const journal = journalWith(inner, { store: (subject) => subjects.push(subject) > 0 });
    record(
      [
        say.sessionStarted({ userId: "ada@example.org" }),
        say.turn("a", { input: 1 }),
        say.turn("b", { session: "thread 2", input: 2 }),
      ],
      { journal },
    );
    expect(subjects).toEqual(["ada@example.org", "ada@example.org", "thread 2"]);
  });
});
