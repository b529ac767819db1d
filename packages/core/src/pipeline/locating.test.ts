import { describe, expect, test } from "vitest";
import { createRunTree } from "../run-tree/run-tree.ts";
import { aTurn, start } from "../testing-kit/delivering.ts";
import * as say from "../testing-kit/drafts.ts";
import { steadyJournal } from "../testing-kit/journals.ts";
import { record } from "../testing-kit/recording.ts";
import { contentReader } from "../journal/context-book.ts";
import { traceIdOf } from "../vocabulary/identity.ts";
import type { AgentEvent, EventDraft } from "../vocabulary/event.ts";
import { memoryCursors } from "./cursor.ts";
import { deliverOnce } from "./deliver-once.ts";
import { ExportFailure } from "./export-failure.ts";
import type { EventExporter } from "./exporter.ts";
import type { Location } from "./locating.ts";

type Answered = readonly [type: AgentEvent["type"], location: Location | null];

/** Asks of every event where it stands, as often as it comes. */
function asking(answer: () => "takes" | "same" = () => "takes") {
  const asked: Answered[] = [];
  const exporter: EventExporter = {
    name: "asking",
    consumes: "events",
    async export(batch, { locate }) {
      for (const event of batch) asked.push([event.type, locate?.(event) ?? null]);
      if (answer() === "same") throw new ExportFailure("not now", { retry: "same" });
    },
  };
  return { asked, exporter };
}

async function located(...drafts: readonly EventDraft[]): Promise<readonly Answered[]> {
  const { asked, exporter } = asking();
  const { delivery, say: tell } = start([exporter]);
  tell(...drafts);
  await delivery.flush(5_000);
  return asked;
}

const spanOf = (turn: string, key: string) => ({
  traceId: traceIdOf(say.session, turn),
  spanId: say.spanId(key),
});

describe("where an event stands", () => {
  test("is told of ends and marks as of beginnings", async () => {
    const told = await located(
      say.sessionStarted({ inferred: true, environment: "staging" }),
      say.turn("turn", { agent: "guide" }),
      say.tool("tool", "turn", { name: "search" }),
      say.handoff("tool", "1"),
      say.ended("tool", "tool"),
      say.ended("turn", "turn"),
    );
    const common = {
      turnSpanId: say.spanId("turn"),
      agent: "guide",
      environment: "staging",
      sessionInferred: true,
    };
    const turn = { ...common, span: spanOf("turn", "turn"), name: "turn", isToldAgain: false };
    const tool = { ...common, span: spanOf("turn", "tool"), name: "search", isToldAgain: false };
    expect(told).toEqual([
      ["session.started", expect.objectContaining({ span: null, environment: "staging" })],
      ["turn.started", turn],
      ["tool.started", tool],
      ["handoff.made", tool],
      ["tool.ended", tool],
      ["turn.ended", turn],
    ]);
  });

  test("is still known of what comes when its span has left", async () => {
    const { asked, exporter } = asking();
    const { delivery, say: tell } = start([exporter]);
    tell(...aTurn("turn"));
    await delivery.flush(5_000);
    tell(say.handoff("turn", "late"));
    await delivery.flush(5_000);
    expect(asked.at(-1)).toEqual([
      "handoff.made",
      expect.objectContaining({ span: spanOf("turn", "turn"), name: "turn" }),
    ]);
  });

  test("is by the id that the span goes out under, where several names turned out to be one", async () => {
    const told = await located(
      say.turn("turn"),
      say.amended("turn", "1", { alias: "another name" }),
      say.handoff("another name", "2"),
    );
    expect(told.at(-1)?.[1]).toMatchObject({ span: spanOf("turn", "turn") });
  });

  test("is unknown as long as nobody has told the trace", async () => {
    const told = await located(say.handoff("somewhere", "1"), say.ended("tool", "elsewhere"));
    expect(told.map(([, location]) => location?.span)).toEqual([null, null]);
  });

  test("says which beginnings and ends another witness has told already", async () => {
    const hook = { source: "hook" };
    const told = await located(
      say.turn("turn"),
      say.turn("turn", hook),
      say.ended("turn", "turn", hook),
      say.ended("turn", "turn"),
    );
    expect(told.map(([, location]) => location?.isToldAgain)).toEqual([false, true, false, true]);
  });
});

test("an event that comes again stands where it stood, in this process and in the next", async () => {
  const [journal, cursors] = [steadyJournal(), memoryCursors()];
  const drafts = [
    say.turn("turn"),
    say.turn("turn", { source: "hook" }),
    say.tool("tool", "turn"),
    say.handoff("tool", "1"),
    say.ended("turn", "turn"),
  ];
  const killed = asking(() => "same");
  const process = start([killed.exporter], journal, cursors);
  process.say(...drafts);
  await process.delivery.flush(600);
  await process.delivery.close(0);
  const next = asking();
  await start([next.exporter], journal, cursors).delivery.flush(5_000);
  expect(next.asked).toHaveLength(drafts.length);
  expect(killed.asked.length).toBeGreaterThan(drafts.length);
  for (const [index, answered] of killed.asked.entries())
    expect(answered).toEqual(next.asked[index % drafts.length]);
});

test("a part of a record that is delivered by itself stands where it stood live", async () => {
  const drafts = [
    say.sessionStarted(),
    say.turn("turn", { agent: "guide" }),
    say.tool("tool", "turn"),
    say.handoff("tool", "1"),
    say.ended("tool", "tool"),
    say.ended("turn", "turn"),
  ];
  const { events, journal } = record(drafts);
  const tree = createRunTree();
  for (const event of events) tree.apply(event);
  const spans = tree.session(say.session)?.spans ?? [];
  const { asked, exporter } = asking();
  const content = contentReader(journal.reader());
  await deliverOnce({ to: exporter }, { events, spans, content }, 1_000);
  expect(asked).toEqual(await located(...drafts));
});
