import { describe, expect, test } from "vitest";
import type { Span } from "../run-tree/span.ts";
import { aTurn, start, takesAll } from "../testing-kit/delivering.ts";
import * as say from "../testing-kit/drafts.ts";
import { steadyJournal } from "../testing-kit/journals.ts";
import {
  eventExporter,
  type Script,
  scripted,
  spanExporter,
} from "../testing-kit/scripted-exporter.ts";
import type { AgentEvent, EventDraft, TraceId } from "../vocabulary/event.ts";
import { closeExporters } from "./close-exporters.ts";
import { memoryCursors } from "./cursor.ts";
import type { SpanExporter } from "./exporter.ts";
import { routesOf } from "./route.ts";
import { isInShare } from "./sampling.ts";

const scoreOn = (on: string | null, mark: string): EventDraft => ({
  session: say.session,
  source: "api",
  type: "score.given",
  on,
  mark,
  name: "helpful",
  value: 1,
});

interface Pair {
  readonly spans: Script<Span>;
  readonly scores: Script<AgentEvent>;
  readonly to: SpanExporter;
}

function pair(scores: Script<AgentEvent> = takesAll<AgentEvent>()): Pair {
  const spans = takesAll<Span>();
  const companion = { ...eventExporter("s-scores", scores), takes: ["score.given"] as const };
  return { spans, scores, to: { ...spanExporter("s", spans), companion } };
}

test("a companion gets what it takes, and the rest passes it by and is counted", async () => {
  const { to, spans, scores } = pair();
  const { delivery, say: tell } = start([to]);
  tell(...aTurn("turn"), scoreOn("turn", "late"), scoreOn(null, "of the session"));
  const reports = await delivery.flush(5_000);
  expect(spans.taken.length).toBe(2);
  expect(scores.taken.map(({ type }) => type)).toEqual(["score.given", "score.given"]);
  expect(reports).toMatchObject({
    s: { accepted: 2, delivered: 2 },
    "s-scores": { accepted: 6, delivered: 2, filtered: 4, pending: 0 },
  });
});

test("it has a cursor of its own: what waits for it is sent by the next process, whatever its exporter has", async () => {
  const [journal, cursors] = [steadyJournal(), memoryCursors()];
  const down = pair(scripted(() => "same"));
  const first = start([down.to], journal, cursors);
  first.say(...aTurn("turn"), scoreOn("turn", "1"));
  await first.delivery.close(50);
  const next = pair();
  const second = start([next.to], journal, cursors);
  await second.delivery.flush(5_000);
  expect([next.spans.taken.length, next.scores.taken.length]).toEqual([0, 1]);
});

describe("the share of turns", () => {
  const turns = Array.from({ length: 60 }, (_, index) => `turn ${index}`);
  const drafts = turns.flatMap((key) => [...aTurn(key), scoreOn(key, "1")]);

  test.each([
    ["that the route says", (to: SpanExporter) => ({ to, sample: 0.4 })],
    ["that the exporter says", (to: SpanExporter) => ({ ...to, sample: 0.4 })],
  ])(
    "%s holds for both alike, and a score of the session goes in any case",
    async (_name, made) => {
      const { to, spans, scores } = pair();
      const { delivery, say: tell } = start([made(to)]);
      tell(...drafts, scoreOn(null, "of the session"));
      await delivery.flush(5_000);
      const sent = new Set(spans.taken.flatMap(({ key, kind }) => (kind === "turn" ? [key] : [])));
      expect(sent.size).toBeGreaterThan(5);
      expect(sent.size).toBeLessThan(55);
      const scored = scores.taken.map((event) => ("on" in event ? event.on : "no mark"));
      expect(new Set(scored)).toEqual(new Set([...sent, null]));
      expect(scores.taken.length).toBe(sent.size + 1);
    },
  );

  test("holds for no score where errors are kept, because what is kept is known only of spans", async () => {
    const { to, scores } = pair();
    const { delivery, say: tell } = start([{ to, sample: 0, keepErrors: true }]);
    tell(...drafts);
    await delivery.flush(5_000);
    expect(scores.taken.length).toBe(turns.length);
  });
});

test("a route's redaction and content are its companion's", () => {
  const { to } = pair();
  const redact = { profile: "p", redact: (value: string) => value } as never;
  const [, own] = routesOf([{ to, redact, content: "none", sample: 0.5 }]);
  expect(own).toEqual({ to: to.companion, redact, content: "none", share: 0.5 });
  expect(routesOf([{ ...to, content: "none" }])[1]).toMatchObject({ content: "none" });
  expect(routesOf([to, spanExporter("alone", takesAll())]).map((route) => route.to.name)).toEqual([
    "s",
    "s-scores",
    "alone",
  ]);
});

test("it is closed with its exporter", async () => {
  let closed = 0;
  const { to } = pair();
  const companion = { ...eventExporter("e", takesAll()), close: async () => void (closed += 1) };
  await closeExporters([{ ...to, companion }]);
  expect(closed).toBe(1);
});

test("even the highest trace id is in the whole, and not in none of it", () => {
  const traceId = "f".repeat(32) as TraceId;
  expect([isInShare(traceId, 1), isInShare(traceId, 0)]).toEqual([true, false]);
});
