import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ContentAnswer } from "../journal/content.ts";
import { redactor } from "../redaction/default-redactor.ts";
import type { Span } from "../run-tree/span.ts";
import { aTurn, keysOf, start, takesAll } from "../testing-kit/delivering.ts";
import * as say from "../testing-kit/drafts.ts";
import { steadyJournal } from "../testing-kit/journals.ts";
import { eventExporter, scripted, spanExporter } from "../testing-kit/scripted-exporter.ts";
import type { Carrier } from "../vocabulary/carrier.ts";
import type { AgentEvent, EventDraft } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import { memoryCursors } from "./cursor.ts";
import type { SpanExporter } from "./exporter.ts";
import { admitting } from "./sampling.ts";

const manyTurns = Array.from({ length: 400 }, (_, index) => aTurn(`turn ${index}`));

describe("sampling", () => {
  test("takes whole turns, about as many as asked for, and counts the rest as filtered", async () => {
    const spans = takesAll<Span>();
    const { delivery, say: tell } = start([{ to: spanExporter("s", spans), sample: 0.25 }]);
    tell(...manyTurns.flat());
    const reports = await delivery.flush(5_000);
    const perTrace = [...Map.groupBy(spans.taken, ({ traceId }) => traceId).values()];
    expect(perTrace.every((trace) => trace.length === 2)).toBe(true);
    expect(perTrace.length).toBeGreaterThan(60);
    expect(perTrace.length).toBeLessThan(140);
    expect(reports["s"]).toMatchObject({
      accepted: 800,
      delivered: spans.taken.length,
      filtered: 800 - spans.taken.length,
      pending: 0,
    });
  });

  test("decides by the trace alone: a greater share takes all that a smaller one takes, in every process", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9a-f]{32}$/),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (traceId, one, other) => {
          const span = { traceId } as Span;
          const [less, more] = [Math.min(one, other), Math.max(one, other)];
          const admits = (share: number): boolean =>
            admitting({ share, keepErrors: false, unsampled: "send" })(span);
          expect(admits(0)).toBe(false);
          expect(admits(1)).toBe(true);
          if (admits(less)) expect(admits(more)).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("keeps what failed and what it happened in, if asked to", async () => {
    const spans = takesAll<Span>();
    const { delivery, say: tell } = start([
      { to: spanExporter("s", spans), sample: 0, keepErrors: true },
    ]);
    const outcome = { status: "error", errorType: "Timeout" } as const;
    tell(
      ...aTurn("fine"),
      say.turn("turn"),
      say.work("step", "turn"),
      say.tool("bad", "step"),
      say.tool("good", "step"),
      say.ended("tool", "bad", { outcome }),
      say.ended("tool", "good"),
      say.ended("work", "step"),
      say.ended("turn", "turn"),
    );
    const reports = await delivery.flush(5_000);
    expect(new Set(keysOf(spans.taken))).toEqual(new Set(["bad", "step", "turn"]));
    expect(reports["s"]).toMatchObject({ accepted: 6, delivered: 3, filtered: 3 });
  });

  test("does not send in the next process what this one has left out", async () => {
    const [journal, cursors] = [steadyJournal(), memoryCursors()];
    const first = start([{ to: spanExporter("s", takesAll()), sample: 0 }], journal, cursors);
    first.say(say.turn("open"), ...aTurn("left out"));
    await first.delivery.close(100);
    const spans = takesAll<Span>();
    const next = start([spanExporter("s", spans)], journal, cursors);
    next.say(say.ended("turn", "open"));
    await next.delivery.flush(5_000);
    expect(keysOf(spans.taken)).toEqual(["open"]);
  });
});

describe("a trace that others began and did not sample", () => {
  const [sampled, notSampled] = ["01", "00"].map((flags) => ({
    traceparent: `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-${flags}`,
  }));
  const failing = { status: "error", errorType: "Timeout" } as const;
  const turnIn = (key: string, parent: Carrier | undefined): readonly EventDraft[] => [
    say.turn(key, parent === undefined ? {} : { parent }),
    say.work(`step of ${key}`, key),
    say.tool(`tool of ${key}`, `step of ${key}`),
    say.ended("tool", `tool of ${key}`, { outcome: failing }),
    say.ended("work", `step of ${key}`),
    say.ended("turn", key),
  ];

  test("goes with all that lies in it to nobody who leaves it out, and is counted", async () => {
    const [filtering, sending] = [takesAll<Span>(), takesAll<Span>()];
    const { delivery, say: tell } = start([
      { to: { ...spanExporter("filters", filtering), unsampled: "filter" }, keepErrors: true },
      spanExporter("sends", sending),
    ]);
    tell(
      ...turnIn("left out", notSampled),
      ...turnIn("kept", sampled),
      ...turnIn("own", undefined),
    );
    const reports = await delivery.flush(5_000);
    expect(new Set(keysOf(filtering.taken))).toEqual(
      new Set(["kept", "own"].flatMap((key) => [key, `step of ${key}`, `tool of ${key}`])),
    );
    expect(reports).toMatchObject({
      filters: { accepted: 9, delivered: 6, filtered: 3 },
      sends: { accepted: 9, delivered: 9, filtered: 0 },
    });
  });

  test.each([undefined, sampled, { traceparent: `00-${"1".repeat(32)}-${"2".repeat(16)}-01` }])(
    "stays left out where it waits for somebody and another process goes on with it, called from %j",
    async (parent) => {
      const [journal, cursors] = [steadyJournal(), memoryCursors()];
      const spans = takesAll<Span>();
      const exporters = [{ ...spanExporter("filters", spans), unsampled: "filter" } as const];
      const first = start(exporters, journal, cursors);
      first.say(
        say.turn("asks", notSampled && { parent: notSampled }),
        { session: say.session, source: "stream", type: "interrupt.raised", on: "asks", mark: "w" },
        say.ended("turn", "asks", { outcome: { status: "suspended" } }),
      );
      await first.delivery.close(5_000);
      const next = start(exporters, journal, cursors);
      next.say(
        say.turn("goes on", { resumes: true, ...(parent ? { parent } : {}) }),
        say.tool("tool", "goes on"),
        say.ended("tool", "tool"),
        say.ended("turn", "goes on"),
      );
      await next.delivery.flush(5_000);
      expect(spans.taken).toEqual([]);
      expect(next.delivery.reports()["filters"]).toMatchObject({ accepted: 2, filtered: 2 });
    },
  );
});

const withoutName = (value: JsonValue): JsonValue =>
  typeof value === "string" ? value.replace("Ada", "[name]") : value;

describe("content", () => {
  /** What an exporter is shown of the input of each span. */
  const shown: { readonly name: string; readonly input: ContentAnswer | "no content" }[] = [];
  const looking = (name: string, more: Partial<SpanExporter> = {}): SpanExporter => ({
    name,
    consumes: "spans",
    export: async (batch, { content }) => {
      for (const { input } of batch)
        if (input) shown.push({ name, input: content ? content.read(input) : "no content" });
    },
    ...more,
  });

  test("goes where the route lets it, else where the exporter has it for a default, redacted as the route asks", async () => {
    shown.length = 0;
    const { delivery, say: tell } = start([
      looking("by default"),
      looking("not by default", { content: "none" }),
      { to: looking("asked for", { content: "none" }), content: "full" },
      { to: looking("held back"), content: "none" },
      { to: looking("redacted"), redact: { profile: "p", redact: withoutName } },
      {
        to: looking("broken"),
        redact: {
          profile: "p",
          redact: () => {
            throw new Error("no");
          },
        },
      },
    ]);
    tell(say.turn("turn", { input: "I am Ada" }), say.ended("turn", "turn"));
    await delivery.flush(5_000);
    const said = { kind: "value", value: "I am Ada" };
    expect(Object.fromEntries(shown.map(({ name, input }) => [name, input]))).toEqual({
      "by default": said,
      "not by default": "no content",
      "asked for": said,
      "held back": "no content",
      redacted: { kind: "value", value: "I am [name]" },
      broken: { kind: "withheld", reason: "redactor failed" },
    });
  });
});

test("a route withholds by place, wherever else the same value stands", async () => {
  const seen = new Map<string, ContentAnswer["kind"]>();
  const exporter: SpanExporter = {
    name: "s",
    consumes: "spans",
    export: async (batch, { content }) => {
      for (const { key, input, context } of batch) {
        if (input && content) seen.set(`${key} input`, content.read(input).kind);
        for (const message of (context && content?.messages(context)) ?? [])
          seen.set(`${key} message`, content?.read(message).kind ?? "missing");
        if (context?.instructions)
          seen.set(`${key} instructions`, content?.read(context.instructions).kind ?? "missing");
      }
    },
  };
  const redact = redactor({ withhold: ["tool.input", "context.messages"] });
  const { delivery, say: tell } = start([{ to: exporter, redact }]);
  const context = { instructions: "be kind", messages: [{ content: "hello" }] };
  tell(say.turn("turn", { input: "the question" }));
  tell(say.model("call", "turn", { context }), say.ended("model", "call"));
  tell(say.tool("one", "turn", { input: "SELECT 1" }), say.ended("tool", "one"));
  tell(say.work("other", "turn", { input: "SELECT 1" }), say.ended("work", "other"));
  tell(say.ended("turn", "turn"));
  await delivery.flush(5_000);
  expect(Object.fromEntries(seen)).toEqual({
    "turn input": "value",
    "call message": "withheld",
    "call instructions": "value",
    "one input": "withheld",
    "other input": "withheld",
  });
});

test("each exporter is its own: what one leaves out or refuses, the others have", async () => {
  const [none, all, events] = [takesAll<Span>(), takesAll<Span>(), takesAll<AgentEvent>()];
  const { delivery, say: tell } = start([
    { to: spanExporter("none", none), sample: 0 },
    spanExporter(
      "refuses",
      scripted(() => "never"),
    ),
    spanExporter("all", all),
    eventExporter("events", events),
  ]);
  tell(...aTurn("turn"));
  const reports = await delivery.flush(5_000);
  expect(reports).toMatchObject({
    none: { filtered: 2, delivered: 0 },
    refuses: { dropped: 2 },
    all: { delivered: 2 },
    events: { delivered: 4 },
  });
});
