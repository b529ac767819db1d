import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventDraft } from "../../vocabulary/event.ts";
import type { JsonValue } from "../../vocabulary/json.ts";
import { type Story, story } from "../drafts.fixture.ts";
import { recordedSession } from "../hand-recorded.fixture.ts";
import { sessionReport } from "../session-report.ts";
import type { ContextReport } from "./context-report.ts";
import { type Contexts, contextsOf } from "./contexts.ts";
import type { CallAddress } from "./model-calls.ts";

function contextsIn({ drafts }: Story): Contexts {
  const { view, content } = recordedSession(drafts);
  return contextsOf(view, content);
}

function reportIn(told: Story, address: CallAddress): ContextReport {
  const report = contextsIn(told).report(address);
  if (!report) throw new Error("expected a call there");
  return report;
}

const valuesOf = ({ messages }: ContextReport): readonly JsonValue[] =>
  (messages ?? []).map(({ value }) => value);

describe("a request that was recorded", () => {
  const told = story();
  told.turn("t0", "hello");
  told.call("m0", "t0", "hi", {
    context: { instructions: "be kind", messages: [{ role: "user", content: "hello" }] },
  });
  told.endTurn("t0");
  told.turn("t1", "and?");
  told.call("m1", "t1", "well", {
    context: {
      instructions: "be kind",
      tools: ["Read"],
      messages: [
        { role: "user", content: "hello" },
        { role: "user", content: "and?" },
      ],
    },
  });

  test("is told part by part, with sizes and the turn in which each was sent first", () => {
    expect(reportIn(told, { turn: 1 })).toMatchObject({
      basis: "recorded",
      unknown: [],
      since: null,
      call: { turn: 1, call: 1, calls: 1, model: "small-1" },
      instructions: { value: "be kind", bytes: 9, firstTurn: 0, state: "value" },
      tools: { value: ["Read"], firstTurn: 1 },
      messages: [
        { index: 0, role: "user", origin: "request", firstTurn: 0 },
        { index: 1, role: "user", origin: "request", firstTurn: 1 },
      ],
    });
  });

  test("has the hash that the session's report gives its call", () => {
    const { view, content } = recordedSession(told.drafts);
    const { turns } = sessionReport(view, content);
    const call = turns[1]?.spans.find(({ kind }) => kind === "model");
    expect(call?.contextHash).toMatch(/^[0-9a-f]{64}$/);
    expect(reportIn(told, { turn: 1 }).contextHash).toBe(call?.contextHash);
  });

  test("is what was said, whatever was said before it", () => {
    const message = fc.record({ role: fc.constantFrom("user", "tool"), content: fc.string() });
    const lists = fc.array(fc.array(message, { maxLength: 6 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(lists, (requests) => {
        const session = story();
        session.turn("t", "go");
        for (const [index, messages] of requests.entries())
          session.call(`m${index}`, "t", "done", { context: { messages } });
        const contexts = contextsIn(session);
        for (const [index, messages] of requests.entries()) {
          const report = contexts.report({ turn: 0, call: index + 1 });
          expect(report && valuesOf(report)).toEqual(messages);
        }
      }),
    );
  });
});

function toolLoop(): Story {
  const told = story();
  told.turn("t0", null);
  told.call("m0", "t0", "I look");
  told.tool("toolu_0", "t0", "m0", { name: "Read", input: { path: "a" }, output: "A" });
  told.call("m1", "t0", "It is A");
  told.endTurn("t0", "It is A");
  told.turn("t1", "And b?");
  told.call("m2", "t1", "I look");
  told.tool("toolu_1", "t1", "m2", { name: "Read", input: { path: "b" }, error: "no b" });
  told.call("m3", "t1", "There is none");
  return told;
}

describe("a request that nobody recorded is put together from what was said", () => {
  test("it says so, and what is missing: also that somebody asked something that is not known", () => {
    const report = reportIn(toolLoop(), { turn: 1 });
    expect(report).toMatchObject({
      basis: "reconstructed",
      unknown: ["instructions", "tools", "additions", "input"],
      since: { what: "session", turn: 0, spanId: null },
      contextHash: null,
      instructions: null,
      tools: null,
    });
    expect(report.messages?.map(({ role, origin, state }) => [role, origin, state])).toEqual([
      ["user", "input", "untold"],
      ["assistant", "answer", "value"],
      ["tool", "result", "value"],
      ["assistant", "answer", "value"],
      ["user", "input", "value"],
      ["assistant", "answer", "value"],
      ["tool", "result", "value"],
    ]);
    expect(valuesOf(report).slice(1)).toEqual([
      "I look",
      "A",
      "It is A",
      "And b?",
      "I look",
      "no b",
    ]);
    expect(report.messages?.map(({ firstTurn }) => firstTurn)).toEqual([0, 0, 0, 0, 1, 1, 1]);
  });

  test("each message leads to the span that it was said in", () => {
    const { view, content } = recordedSession(toolLoop().drafts);
    const report = contextsOf(view, content).report({ turn: 0, call: 2 });
    const keys = new Map(view.spans.map(({ spanId, key }) => [spanId, key]));
    expect(report?.messages?.map(({ spanId }) => spanId && keys.get(spanId))).toEqual([
      "t0",
      "m0",
      "toolu_0",
    ]);
  });

  test("after a compaction it begins with the summary, and what was kept as it was is not known", () => {
    const told = toolLoop();
    told.turn("t2", "/compact");
    told.compaction("c", "t2", "They read a and b.");
    told.message("echo", "t2", [{ type: "text", text: "They read a and b." }]);
    told.endTurn("t2");
    told.turn("t3", "And c?");
    told.call("m4", "t3", "I look");
    const report = reportIn(told, { turn: 3 });
    expect(report.since).toMatchObject({ what: "compaction", turn: 2 });
    expect(report.unknown).toContain("kept");
    expect(report.unknown).not.toContain("input");
    expect(valuesOf(report)).toEqual(["They read a and b.", "And c?"]);
  });

  test("a subagent has a conversation of its own, and the turn's last call is the one that is meant", () => {
    const told = story();
    told.turn("t0", "Ask somebody");
    told.call("m0", "t0", "I do");
    told.tool("toolu_0", "t0", "m0", { name: "Agent", input: {} });
    told.agent("a", "toolu_0", "Find it");
    told.message("echo", "a", [{ type: "text", text: "Find it" }]);
    told.call("m1", "a", "Where?");
    told.message("answer", "a", "Over there");
    told.call("m2", "a", "Found");
    told.endAgent("a", "Found");
    told.endTool("toolu_0", "It was found");
    told.call("m3", "t0", "Done");
    expect(valuesOf(reportIn(told, { turn: 0, call: 3 }))).toEqual([
      "Find it",
      "Where?",
      "Over there",
    ]);
    expect(reportIn(told, { turn: 0, call: 3 }).since).toMatchObject({ what: "agent", turn: 0 });
    expect(valuesOf(reportIn(told, { turn: 0 }))).toEqual(["Ask somebody", "I do", "It was found"]);
  });

  test("a message that two witnesses tell of was said once", () => {
    const told = story();
    told.turn("t0", "go");
    told.message("m-1", "t0", "quickly");
    told.call("m0", "t0", "done");
    const { content, view } = recordedSession(
      told.drafts.flatMap((draft): readonly EventDraft[] =>
        draft.type === "message.received" ? [draft, { ...draft, source: "hook" }] : [draft],
      ),
    );
    const report = contextsOf(view, content).report({ turn: 0 });
    expect(report && valuesOf(report)).toEqual(["go", "quickly"]);
  });

  test("what a tool returned after the call had begun was not in it, but in the next", () => {
    const told = story();
    told.turn("t0", "Do both");
    told.call("m0", "t0", "I do");
    told.tool("slow", "t0", "m0", { name: "Bash", input: {} });
    told.tool("quick", "t0", "m0", { name: "Bash", input: {}, output: "quick" });
    told.call("m1", "t0", "I wait");
    told.endTool("slow", "slow");
    told.call("m2", "t0", "Done");
    expect(valuesOf(reportIn(told, { turn: 0, call: 2 }))).toEqual(["Do both", "I do", "quick"]);
    expect(valuesOf(reportIn(told, { turn: 0, call: 3 }))).toContain("slow");
  });
});

test("a call that is not there has no report", () => {
  const told = story();
  told.turn("t0", "hello");
  told.endTurn("t0");
  const contexts = contextsIn(told);
  expect(contexts.report({ turn: 0 })).toBe(null);
  expect(contexts.report({ turn: 1 })).toBe(null);
  expect(contexts.change({ turn: 0, call: 1 })).toBe(null);
});
