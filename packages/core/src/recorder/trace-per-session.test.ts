import { describe, expect, test } from "vitest";
import { createRunTree } from "../run-tree/run-tree.ts";
import type { Span } from "../run-tree/span.ts";
import * as say from "../testing-kit/drafts.ts";
import { steadyJournal } from "../testing-kit/journals.ts";
import { record, type Recording, tickingClock } from "../testing-kit/recording.ts";
import type { AgentEvent, EventDraft, Key } from "../vocabulary/event.ts";
import { spanIdOf, traceIdOf, traceIdOfSession } from "../vocabulary/identity.ts";
import type { RecorderOptions } from "./recorder.ts";

const outside = "4bf92f3577b34da6a3ce929d0e0e4736";
const carrier = { traceparent: `00-${outside}-00f067aa0ba902b7-01` };
const own = traceIdOfSession(say.session);

const recordInOne = (
  drafts: readonly EventDraft[],
  options: Partial<RecorderOptions> = {},
): Recording => record(drafts, { clock: tickingClock(), tracePer: "session", ...options });

function spansIn(events: readonly AgentEvent[]): Readonly<Record<Key, Span>> {
  const tree = createRunTree();
  for (const event of events) tree.apply(event);
  const spans = tree.session(say.session)?.spans ?? [];
  return Object.fromEntries(spans.map((span) => [span.key, span]));
}

const tracesIn = (recording: Recording): object => ({
  said: recording.contexts.map((context) => context?.traceId ?? null),
  read: Object.values(spansIn(recording.events)).map(({ traceId }) => traceId),
});

describe("where a session is one trace", () => {
  test("all its turns and what is in them lie in it, in every process, and another session in another", () => {
    const first = recordInOne([say.turn("one"), say.tool("a", "one"), say.turn("two")]);
    const second = recordInOne([say.turn("three"), say.turn("far", { session: "thread 2" })]);
    expect(tracesIn(first)).toEqual({ said: [own, own, own], read: [own, own, own] });
    expect(tracesIn(second)).toEqual({ said: [own, traceIdOfSession("thread 2")], read: [own] });
    expect(own).not.toBe(traceIdOfSession("thread 2"));
  });

  test("turns are still turns: each a root, linked to the one before", () => {
    const { one, two, a } = spansIn(
      recordInOne([say.turn("one"), say.turn("two"), say.tool("a", "two")]).events,
    );
    expect(one).toMatchObject({ parentSpanId: null, turnSpanId: say.spanId("one"), links: [] });
    expect(two).toMatchObject({
      parentSpanId: null,
      turnSpanId: say.spanId("two"),
      links: [{ kind: "previous", traceId: own, spanId: say.spanId("one") }],
    });
    expect(a?.turnSpanId).toBe(say.spanId("two"));
  });

  test("a turn under an active span, or with a carrier, joins the trace of that", () => {
    const active = recordInOne([say.turn("one"), say.tool("a", "one")], {
      activeSpan: () => carrier,
    });
    expect(tracesIn(active)).toEqual({ said: [outside, outside], read: [outside, outside] });
    const carried = recordInOne([say.turn("one", { parent: carrier }), say.turn("two")]);
    expect(tracesIn(carried)).toEqual({ said: [outside, own], read: [outside, own] });
  });

  test("a resume lies in it, whether or not its suspension is found, and says where it is not", () => {
    const journal = steadyJournal();
    recordInOne([say.turn("one"), say.interrupt("one", "approval")], { journal });
    const resumed = recordInOne(
      [
        say.turn("found", { resumes: "approval" }),
        say.turn("lost", { resumes: "elsewhere" }),
        say.tool("tool", "lost"),
      ],
      { journal },
    );
    expect(tracesIn(resumed)).toEqual({ said: [own, own, own], read: [own, own, own] });
    expect(spansIn(resumed.events)).toMatchObject({
      found: { turnSpanId: say.spanId("one"), continuation: null },
      lost: { turnSpanId: say.spanId("lost"), continuation: "unknown" },
    });
  });

  test("what is named by its key is taken to lie in the trace of its session", () => {
    const link = { kind: "fork", session: "thread 2", key: "far" } as const;
    const spanId = spanIdOf("thread 2", "far");
    const { one } = spansIn(recordInOne([say.turn("one", { links: [link] })]).events);
    expect(one?.links).toEqual([{ kind: "fork", traceId: traceIdOfSession("thread 2"), spanId }]);
    const { two } = spansIn(record([say.turn("two", { links: [link] })]).events);
    expect(two?.links).toEqual([{ kind: "fork", traceId: traceIdOf("thread 2", "far"), spanId }]);
  });
});
