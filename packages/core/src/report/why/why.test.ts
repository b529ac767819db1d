import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventDraft, SpanId } from "../../vocabulary/event.ts";
import { spanIdOf } from "../../vocabulary/identity.ts";
import { type Story, story } from "../drafts.fixture.ts";
import { interruptedSession, recordedSession, said } from "../hand-recorded.fixture.ts";
import type { Cause } from "./cause.ts";
import { renderWhy } from "./render-why.ts";
import { type WhyReport, whyReport } from "./why-report.ts";

function whyIn(drafts: Story["drafts"], key: string): WhyReport {
  const { view, content } = recordedSession(drafts);
  const report = whyReport(view, content, spanIdOf("s", key));
  if (!report) throw new Error(`expected a span ${key}`);
  return report;
}

const chain = (causes: readonly Cause[]): readonly string[] =>
  causes.map(({ how, spans }) => [how, ...spans.map(({ key }) => key)].join(" "));

/** Asks, reads two files, asks a subagent in the background, which sets off a turn of its own. */
function notified(): Story {
  const told = story();
  told.turn("t0", "What is in notes.txt?");
  told.call("m0", "t0", "I look");
  told.tool("toolu_ls", "t0", "m0", {
    name: "Bash",
    input: { command: "ls" },
    output: "notes.txt",
  });
  told.tool("toolu_pwd", "t0", "m0", { name: "Bash", input: { command: "pwd" }, output: "/work" });
  told.call("m1", "t0", "I send somebody");
  told.tool("toolu_agent", "t0", "m1", { name: "Agent", input: { prompt: "Read notes.txt" } });
  told.agent("agent", "toolu_agent", "Read notes.txt");
  told.endTool("toolu_agent", "started");
  told.endTurn("t0");
  told.call("a0", "agent", "I read");
  told.tool("toolu_read", "agent", "a0", {
    name: "Read",
    input: { file_path: "/project/notes.txt", offset: 4_711 },
    output: "alpha",
  });
  told.call("a1", "agent", "alpha");
  told.endAgent("agent", "alpha");
  told.turn("t1", null, { causedBy: "agent" });
  told.call("m2", "t1", "It is alpha");
  return told;
}

describe("the chain of causes", () => {
  test("leads from a tool over what each call acted on to what was asked", () => {
    const { causes } = whyIn(notified().drafts, "toolu_agent");
    expect(chain(causes)).toEqual([
      "asked m1",
      "returned toolu_ls toolu_pwd",
      "asked m0",
      "began t0",
      "prompt",
    ]);
    expect(causes.at(-1)?.text).toBe("What is in notes.txt?");
  });

  test("leads out of a subagent through the tool call that ran it", () => {
    expect(chain(whyIn(notified().drafts, "toolu_read").causes).slice(0, 5)).toEqual([
      "asked a0",
      "began agent",
      "ran toolu_agent",
      "asked m1",
      "returned toolu_ls toolu_pwd",
    ]);
  });

  test("leads from a turn that a notification set off to the agent that it was about", () => {
    expect(chain(whyIn(notified().drafts, "m2").causes).slice(0, 4)).toEqual([
      "began t1",
      "setOff agent",
      "ran toolu_agent",
      "asked m1",
    ]);
  });

  test("says what was recorded, and what follows from the order only", () => {
    const { causes } = whyIn(notified().drafts, "toolu_agent");
    expect(causes.map(({ basis }) => basis)).toEqual([
      "recorded",
      "order",
      "recorded",
      "order",
      "recorded",
    ]);
  });

  test("leads from a resumed turn to where it was suspended", () => {
    expect(chain(whyIn(interruptedSession, "t1b").causes)).toEqual([
      "prompt",
      "suspended t1",
      "prompt",
    ]);
  });

  test("says where it leaves the session, and ends there", () => {
    const told = story();
    told.turn("t0", "go", { causedBy: "in another journal" });
    expect(whyIn(told.drafts, "t0").causes).toMatchObject([
      { how: "setOff", spans: [], elsewhere: spanIdOf("s", "in another journal") },
    ]);
  });

  test("ends even where causes go round", () => {
    const { causes } = whyIn(
      [
        { ...said, type: "tool.started", key: "a", name: "a", causedBy: "b" },
        { ...said, type: "tool.started", key: "b", name: "b", causedBy: "a" },
      ],
      "a",
    );
    expect(chain(causes)).toEqual(["setOff b", "setOff a"]);
  });
});

describe("where what it acted on appeared first", () => {
  test("is the first turn and span that said it word for word, else what said a part of it", () => {
    const { appearances } = whyIn(notified().drafts, "toolu_read");
    expect(appearances).toMatchObject([
      { field: "file_path", text: "/project/notes.txt", of: "whole", first: null },
      {
        field: "file_path",
        text: "notes.txt",
        of: "part",
        first: { turn: 0, where: "input", span: { key: "t0" } },
      },
      { field: "offset", text: "4711", of: "whole", first: null },
    ]);
  });

  test("is not the call that asked for it, nor anything later", () => {
    const told = story();
    told.turn("t0", "go");
    told.call("m0", "t0", [
      { type: "tool_use", id: "toolu_0", name: "Read", input: { path: "secret.txt" } },
    ]);
    told.tool("toolu_0", "t0", "m0", {
      name: "Read",
      input: { path: "secret.txt" },
      output: "this is secret.txt",
    });
    told.endTurn("t0", "I read secret.txt");
    expect(whyIn(told.drafts, "toolu_0").appearances).toMatchObject([
      { text: "secret.txt", first: null },
    ]);
  });

  test("a short text counts as a word only, not inside of another", () => {
    const told = story();
    told.turn("t0", "an additive");
    told.call("m0", "t0", "add it");
    told.tool("toolu_0", "t0", "m0", { name: "Bash", input: { word: "add" } });
    told.call("m1", "t0", "once more");
    told.tool("toolu_1", "t0", "m1", { name: "Bash", input: { word: "add" } });
    expect(whyIn(told.drafts, "toolu_0").appearances).toMatchObject([{ first: null }]);
    expect(whyIn(told.drafts, "toolu_1").appearances).toMatchObject([
      { first: { where: "output", span: { key: "m0" } } },
    ]);
  });

  test("is not what began elsewhere only afterwards, whichever turn that lies in", () => {
    const told = story();
    told.turn("t0", "go");
    told.call("m0", "t0", "I send somebody");
    told.tool("toolu_0", "t0", "m0", { name: "Agent", input: {} });
    told.agent("agent", "toolu_0", "look");
    told.endTurn("t0");
    told.turn("t1", "go on");
    told.call("m1", "t1", "I read");
    told.tool("toolu_1", "t1", "m1", { name: "Read", input: { path: "late.txt" } });
    told.call("a0", "agent", "I read");
    told.tool("toolu_2", "agent", "a0", { name: "Read", input: { path: "late.txt" } });
    expect(whyIn(told.drafts, "toolu_1").appearances).toMatchObject([{ first: null }]);
  });

  test("is not told of a span that lies in no turn", () => {
    expect(whyIn(interruptedSession, "stray").appearances).toEqual([]);
  });

  test("is also found in what a model was sent", () => {
    const told = story();
    told.turn("t0", "go");
    told.call("m0", "t0", "I do", {
      context: { instructions: "Only ever touch /srv/app.", messages: ["go"] },
    });
    told.tool("toolu_0", "t0", "m0", { name: "Bash", input: { cwd: "/srv/app" } });
    expect(whyIn(told.drafts, "toolu_0").appearances).toMatchObject([
      { first: { where: "instructions", span: { key: "m0" } } },
    ]);
  });
});

test("for people it is one cause a line, with what was said under it", () => {
  const lines = renderWhy(whyIn(notified().drafts, "toolu_read"));
  expect(lines.slice(0, 6)).toEqual([
    "why tool Read  turn 0  @helper  toolu_read",
    "  file_path /project/notes.txt, offset 4711",
    "",
    "← asked for by model small-1  turn 0  @helper  a0",
    "  I read",
    "⇠ is the first call in agent helper  turn 0  agent",
  ]);
  expect(lines).toContain("  file_path “/project/notes.txt”  in nothing that was recorded before");
});

test("of a long chain the middle is left out, and that is said", () => {
  const told = story();
  told.turn("t", "go");
  for (let round = 0; round < 30; round += 1) {
    told.call(`m${round}`, "t", "I look");
    told.tool(`toolu_${round}`, "t", `m${round}`, { name: "Read", input: {}, output: "A" });
  }
  const report = whyIn(told.drafts, "toolu_29");
  expect(report.causes).toHaveLength(61);
  const lines = renderWhy(report, { causes: 6 });
  expect(lines).toContain("  … 55 causes between (--json has them all)");
});

test("whatever was recorded, nothing in it drives the terminal", () => {
  const text = fc.string({ unit: "binary", minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(text, text, (asked, answered) => {
      const told = story();
      told.turn("t", asked);
      told.call("m", "t", answered);
      told.tool("toolu", "t", "m", { name: answered, input: { field: asked }, output: asked });
      for (const line of renderWhy(whyIn(told.drafts, "toolu")))
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
    }),
  );
});

test("a span that is not there has no report", () => {
  const { view, content } = recordedSession(notified().drafts);
  expect(whyReport(view, content, "0000000000000000" as SpanId)).toBe(null);
});

const carrier = (key: string): { readonly traceparent: string } => ({
  traceparent: `00-${"1".repeat(32)}-${spanIdOf("s", key)}-01`,
});

test("work that several set off names all of them, and goes on from the first", () => {
  const told = story();
  told.turn("t0", "Sum it up");
  told.agent("one", "t0", "first");
  told.agent("two", "t0", "second");
  told.turn("t1", "beside");
  told.agent("three", "t1", "third");
  const join: EventDraft = {
    ...said,
    type: "work.started",
    kind: "agent",
    key: "join",
    parent: "t0",
    name: "join",
    links: ["one", "two", "three", "gone"].map((key) => ({ kind: "cause", carrier: carrier(key) })),
  };
  const { causes } = whyIn([...told.drafts, join], "join");
  expect(chain(causes)).toEqual([
    "setOff two",
    "setOff three",
    "setOff",
    "setOff one",
    "ran t0",
    "prompt",
  ]);
  expect(causes[2]?.elsewhere).toBe(spanIdOf("s", "gone"));
});
