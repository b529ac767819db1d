import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as say from "../testing-kit/drafts.ts";
import { record } from "../testing-kit/recording.ts";
import type { AgentEvent, EventDraft } from "../vocabulary/event.ts";
import { OpenSessions, type OpenSessionsOptions } from "./open-sessions.ts";

/** Tells of drafts, each recorded in a segment of its own. */
function told(drafts: readonly EventDraft[], options: OpenSessionsOptions = {}): OpenSessions {
  const sessions = new OpenSessions(options);
  for (const [place, event] of eventsOf(drafts).entries())
    sessions.recorded(event, { segment: place + 1, offset: 0 });
  return sessions;
}

const eventsOf = (drafts: readonly EventDraft[], clock?: () => number): readonly AgentEvent[] =>
  record(drafts, clock ? { clock } : {}).events;

test("nothing is open before anything was told, and after all has ended", () => {
  expect(new OpenSessions().earliest).toBeNull();
  expect(told([say.turn("a"), say.ended("turn", "a")]).earliest).toBeNull();
});

test("a session counts from its first segment, not from the one that its open work began in", () => {
  const drafts = [say.sessionStarted(), say.turn("a"), say.ended("turn", "a"), say.turn("b")];
  expect(told(drafts.slice(0, 1)).earliest).toBeNull();
  expect(told(drafts.slice(0, 2)).earliest).toBe(1);
  expect(told(drafts.slice(0, 3)).earliest).toBeNull();
  expect(told(drafts).earliest).toBe(1);
});

test("what a span has left open keeps its session open after the turn", () => {
  const drafts = [say.turn("a"), say.tool("b", "a"), say.ended("turn", "a"), say.handoff("a", "m")];
  expect(told(drafts).earliest).toBe(1);
  expect(told([...drafts, say.ended("tool", "b")]).earliest).toBeNull();
});

test("saying twice that something begins or ends is saying it once", () => {
  const again = { source: "hook" };
  const drafts = [say.turn("a"), say.turn("a", again), say.ended("turn", "a")];
  expect(told(drafts)).toMatchObject({ earliest: null, spans: 0 });
  expect(told([...drafts, say.ended("turn", "a", again)])).toMatchObject({ spans: 0 });
});

test("a session of which nothing was heard for a day is over, until it is heard of again", () => {
  let now = 0;
  const sessions = new OpenSessions({ abandonAfterMs: 1_000 });
  const tell = (at: number, segment: number, draft: EventDraft): void => {
    now = at;
    for (const event of eventsOf([draft], () => now))
      sessions.recorded(event, { segment, offset: 0 });
  };
  tell(0, 1, say.turn("leaked"));
  tell(500, 2, say.turn("busy", { session: "another" }));
  tell(990, 2, say.handoff(null, "m", { session: "another" }));
  expect(sessions.earliest).toBe(1);
  tell(1_020, 3, say.handoff(null, "n", { session: "another" }));
  expect(sessions).toMatchObject({ earliest: 2, forgotten: 1, spans: 1 });
  tell(1_100, 4, say.turn("next"));
  expect(sessions.earliest).toBe(1);
});

test("leaked spans are remembered up to a number, the quietest session goes first", () => {
  const leaks = Array.from({ length: 10 }, (_, n) => say.turn(`${n}`, { session: `${n}` }));
  const sessions = told(leaks, { mostSpans: 4 });
  expect(sessions).toMatchObject({ earliest: 7, spans: 4, forgotten: 6 });
  const alone = leaks.map((leak) => ({ ...leak, session: "one" }));
  expect(told(alone.slice(0, 5), { mostSpans: 4 })).toMatchObject({ earliest: null, forgotten: 5 });
  expect(told(alone.slice(0, 6), { mostSpans: 4 })).toMatchObject({ earliest: 1, spans: 1 });
});

const said = fc.record({
  session: fc.constantFrom("one", "two", "three"),
  key: fc.constantFrom("a", "b"),
  what: fc.constantFrom("opens", "ends", "marks"),
  rotates: fc.boolean(),
});

/** What stands in the doc comment, word for word, over all that was told. */
function earliestByDefinition(
  log: readonly { readonly event: AgentEvent; readonly segment: number }[],
): number | null {
  const firsts = new Map<string, number>();
  const open = new Set<string>();
  for (const { event, segment } of log) {
    if (!firsts.has(event.session)) firsts.set(event.session, segment);
    if (!("key" in event)) continue;
    const name = JSON.stringify([event.session, event.key]);
    if ("outcome" in event) open.delete(name);
    else open.add(name);
  }
  const began = [...open].map((name) => firsts.get((JSON.parse(name) as string[])[0] ?? "") ?? 0);
  return began.length === 0 ? null : Math.min(...began);
}

test("whatever is told, the earliest segment is that of the open session that began first", () => {
  fc.assert(
    fc.property(fc.array(said, { maxLength: 40 }), (log) => {
      const drafts = log.map(({ session, key, what }, place) => {
        if (what === "opens") return say.turn(key, { session });
        if (what === "ends") return say.ended("turn", key, { session });
        return say.handoff(null, `${place}`, { session });
      });
      const sessions = new OpenSessions();
      let segment = 1;
      const soFar: { readonly event: AgentEvent; readonly segment: number }[] = [];
      for (const [place, event] of eventsOf(drafts).entries()) {
        if (log[place]?.rotates) segment += 1;
        soFar.push({ event, segment });
        sessions.recorded(event, { segment, offset: 0 });
        expect(sessions.earliest).toBe(earliestByDefinition(soFar));
      }
    }),
  );
});
