import { describe, expect, test } from "vitest";
import * as say from "../testing-kit/drafts.ts";
import { eventsIn, record } from "../testing-kit/recording.ts";
import type { EventDraft } from "../vocabulary/event.ts";

describe("limits", () => {
  test("names are cut, never in the middle of a character", () => {
    const { events } = record([
      say.turn("a", { name: `${"x".repeat(199)}🦌`, tags: ["y".repeat(300)] }),
      say.ended("turn", "a", { outcome: { status: "error", errorType: "z".repeat(900) } }),
    ]);
    expect(events[0]).toMatchObject({ name: "x".repeat(199), tags: ["y".repeat(200)] });
    expect(events[1]).toMatchObject({
      outcome: { status: "error", errorType: "z".repeat(200) },
    });
  });

  test("ids are never cut, so that nothing joins what does not belong together: too long ones are refused", () => {
    const { events, contexts, recorder } = record([
      say.turn("a".repeat(4_096)),
      say.turn("a".repeat(4_097)),
      say.tool("t", "a".repeat(4_097)),
    ]);
    expect(events.map((event) => "key" in event && event.key.length)).toEqual([4_096]);
    expect(contexts.map((context) => context === null)).toEqual([false, true, true]);
    expect(recorder.health()).toMatchObject({ recorded: 1, refused: 2 });
  });

  test("an entry is never longer than 64 KB", () => {
    const links = Array.from({ length: 2_000 }, (_, index) => ({
      kind: "cause" as const,
      session: "elsewhere",
      key: `key ${index}`,
    }));
    const { journal, recorder } = record([say.turn("a", { links }), say.turn("b")]);
    expect(eventsIn(journal).map((event) => "key" in event && event.key)).toEqual(["b"]);
    expect(recorder.health().lastRefusal?.message).toMatch(/65535/);
  });

  test("what the vocabulary has no word for is not written, on any level", () => {
    const secret = "hunter2";
    const drafts = [
      { ...say.turn("a"), password: secret },
      { ...say.turn("b"), at: { ms: 1, password: secret } },
      { ...say.usage("m", "1", { ...say.tokens(1), password: secret } as never) },
      say.ended("turn", "a", { outcome: { status: "ok", password: secret } as never }),
    ];
    const { journal, events } = record(drafts as EventDraft[]);
    expect(events).toHaveLength(4);
    expect(JSON.stringify(eventsIn(journal))).not.toContain(secret);
  });
});

describe("hostile drafts are refused and counted, and the next one is recorded", () => {
  const cyclic: Record<string, unknown> = {};
  cyclic["itself"] = cyclic;
  const throwing = Object.defineProperty({ ...say.turn("a") }, "name", {
    enumerable: true,
    get: () => {
      throw new Error("no name for you");
    },
  });
  const revoked = Proxy.revocable({ ...say.turn("a") }, {});
  revoked.revoke();
  const hostile: Readonly<Record<string, unknown>> = {
    "no draft": null,
    "a text": "turn.started",
    "a list": [],
    "no type": {},
    "an unknown type": { ...say.turn("a"), type: "turn.exploded" },
    "a type from the prototype": { ...say.turn("a"), type: "constructor" },
    "no session": { ...say.turn("a"), session: undefined },
    "an empty session": { ...say.turn("a"), session: "" },
    "no source": { ...say.turn("a"), source: undefined },
    "no key": { ...say.turn("a"), key: undefined },
    "a key that is a number": { ...say.turn("a"), key: 7 },
    "a mark without a place": { ...say.handoff("a", "1"), on: undefined },
    "a mark on a number": { ...say.handoff("a", "1"), on: 7 },
    "a mark without a name": { ...say.handoff("a", "1"), mark: undefined },
    "a message without content": { ...say.handoff("a", "1"), type: "message.sent", role: "user" },
    "no outcome": { ...say.ended("turn", "a"), outcome: undefined },
    "an outcome that is none": { ...say.ended("turn", "a"), outcome: { status: "fine" } },
    "a time that is none": { ...say.turn("a"), at: { ms: Number.NaN } },
    "a time without end": { ...say.turn("a"), at: { ms: Number.POSITIVE_INFINITY } },
    "usage that is text": { ...say.usage("a", "1", say.tokens(1)), usage: "much" },
    "a name that is a cycle": { ...say.turn("a"), name: cyclic },
    "a name that is a bigint": { ...say.turn("a"), name: 1n },
    "a parent that is a list": { ...say.turn("a"), parent: ["b"] },
    "a getter that throws": throwing,
    "a proxy that was revoked": revoked.proxy,
    "a proxy that throws": new Proxy(say.turn("a"), {
      get: () => {
        throw new Error("no");
      },
      ownKeys: () => {
        throw new Error("no");
      },
    }),
  };

  test.each(Object.keys(hostile))("%s", (name) => {
    const { recorder, journal, contexts } = record([
      hostile[name] as EventDraft,
      say.turn("the next"),
    ]);
    expect(contexts[0]).toBeNull();
    expect(contexts[1]).not.toBeNull();
    expect(recorder.health()).toMatchObject({ recorded: 1, refused: 1 });
    expect(recorder.health().lastRefusal).toBeInstanceOf(Error);
    expect(eventsIn(journal)).toHaveLength(1);
  });

  test("a refused draft leaves nothing behind to be resumed", () => {
    const interrupt = { ...say.interrupt("turn", "w"), payload: "?", wait: "w", at: { ms: NaN } };
    const { journal } = record([say.turn("turn"), interrupt]);
    expect(journal.waits.claim(say.session, "w")).toBeNull();
  });
});
