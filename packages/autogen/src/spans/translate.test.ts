import type { EventDraft } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { autogenLine, translatorAmong } from "../adapter.ts";
import { nothingElsewhere } from "../messages/elsewhere.ts";
import { Told } from "../messages/told.ts";
import { draftsOf, toldBy } from "./recorded.fixture.ts";
import { lineOf, type SaidSpan, spanIdOf, traceIdOf } from "./said.fixture.ts";

const tell = (...spans: readonly SaidSpan[]) => toldBy(draftsOf(spans.map(lineOf)));
const nameless = (tree: string): string => tree.replaceAll(/[0-9a-f]{32}/g, "…");

const agent = (name: string, more: Partial<SaidSpan> = {}): SaidSpan => ({
  name,
  attributes: { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": name },
  ...more,
});
const chat = (name: string, within: string, more: SaidSpan["attributes"] = {}): SaidSpan => ({
  name,
  in: within,
  attributes: {
    "gen_ai.operation.name": "chat",
    "gen_ai.usage.input_tokens": 30,
    "gen_ai.usage.output_tokens": 4,
    ...more,
  },
});

const callKey = "call:chatcmpl-1";

function draftsBeside(recorded: Told, ...spans: readonly SaidSpan[]): readonly EventDraft[] {
  const translator = translatorAmong({ ...nothingElsewhere, recorded });
  return spans.map(lineOf).flatMap((line) => {
    const native = autogenLine(line);
    return native === null ? [] : [...translator.translate(native)];
  });
}

test("a trace is a turn, and what ended first lies in what ended last", () => {
  const { trees } = tell(chat("call", "writer"), agent("writer"));
  expect(nameless(trees)).toBe(
    [
      "session trace:… (inferred) · autogen · ok",
      "1 turn · 1 model call · 0 tool calls · 30 in · 4 out · cost ?",
      "",
      "turn 0 writer    ok  30 in  4 out",
      "╰─ agent writer  ok",
      "   ╰─ model      ok  30 in  4 out",
      "",
    ].join("\n"),
  );
});

test("a turn leads back to the trace that it was told by", () => {
  const [session] = tell(agent("writer")).sessions;
  expect(session?.spans[0]?.links).toMatchObject([
    { kind: "cause", traceId: traceIdOf("trace"), spanId: spanIdOf("writer") },
  ]);
});

test("what a conversation's id names is that conversation, turn by turn", () => {
  const said = { "gen_ai.conversation.id": "thread-7", "gen_ai.operation.name": "invoke_agent" };
  const turns = ["one", "two"].map((name) => ({ name, trace: name, attributes: said }));
  const { sessions } = tell(...turns);
  expect(
    sessions.map(({ id, spans }) => [id, spans.filter(({ kind }) => kind === "turn").length]),
  ).toEqual([["thread-7", 2]]);
});

test("a call inside a call is the same one, as two instrumentations see it", () => {
  const { sessions, input, output } = tell(
    chat("client", "wrapper", { "gen_ai.response.id": "chatcmpl-1" }),
    chat("wrapper", "writer"),
    agent("writer"),
  );
  expect(sessions[0]?.spans.filter(({ kind }) => kind === "model")).toHaveLength(1);
  expect({ input, output }).toEqual({ input: 30, output: 4 });
});

test("a call around a call that knows its answer's id is that call, also where another witness tells of it", () => {
  const recorded = new Told();
  recorded.note({ type: "model.started", session: "log:1", source: "log", key: callKey });
  const drafts = draftsBeside(
    recorded,
    chat("client", "wrapper", { "gen_ai.response.id": "chatcmpl-1" }),
    chat("wrapper", "writer"),
    agent("writer"),
  );
  const reported = drafts.filter(({ type }) => type === "usage.reported");
  expect(reported.map(({ session }) => session)).toEqual(["log:1"]);
});

test("the sums of agents are not added to their calls", () => {
  const sums = { "gen_ai.usage.input_tokens": 60, "gen_ai.usage.output_tokens": 8 };
  const writer = agent("writer");
  const summed = { ...writer, attributes: { ...writer.attributes, ...sums } };
  expect(tell(chat("one", "writer"), chat("two", "writer"), summed)).toMatchObject({
    input: 60,
    output: 8,
  });
});

test("a failure is one failure, however far it went up", () => {
  const { sessions } = tell(
    { ...chat("call", "writer"), failed: "Gone" },
    agent("writer", { in: "run", failed: "Gone" }),
    { name: "workflow.run", scope: "agent_framework", in: "POST /", failed: "Gone" },
    agent("writer", { in: "workflow.run", failed: "Gone" }),
    { name: "run", in: "workflow.run", failed: "Gone" },
    { name: "POST /", kind: 2, failed: "Gone" },
  );
  const failed = (sessions[0]?.spans ?? []).filter(({ status }) => status === "error");
  expect(failed.length).toBeGreaterThan(2);
  expect(failed.filter(({ errorPassedOn }) => !errorPassedOn).map(({ kind }) => kind)).toEqual([
    "model",
  ]);
});

test("an executor works because of the one that sent it the message", () => {
  const scope = "agent_framework";
  const { sessions } = tell(
    { name: "message.send", scope, in: "executor.process a" },
    { name: "executor.process a", scope, in: "workflow.run" },
    { name: "executor.process b", scope, in: "workflow.run", links: ["message.send"] },
    { name: "workflow.run", scope },
  );
  const spans = sessions[0]?.spans ?? [];
  const [first, second] = spans.filter(({ kind }) => kind === "step");
  expect(second?.causedBy).toBe(first?.spanId);
});

describe("what it lies in", () => {
  test("is not waited for where it was made in another process", () => {
    expect(tell(agent("writer", { in: "elsewhere", flags: 0x300 })).sessions).toHaveLength(1);
    expect(
      tell(
        { name: "POST /", in: "elsewhere", kind: 2, flags: 0 },
        agent("writer", { in: "POST /" }),
      ).sessions,
    ).toHaveLength(1);
  });

  test("and never was exported leaves it untold, for nobody knows whose it is", () => {
    expect(tell(chat("call", "killed")).sessions).toEqual([]);
  });

  test("may be an application's own span, which is passed through", () => {
    const { sessions } = tell(
      chat("call", "retry"),
      { name: "retry", in: "writer" },
      agent("writer"),
    );
    const spans = sessions[0]?.spans ?? [];
    const [call] = spans.filter(({ kind }) => kind === "model");
    expect(spans.find(({ spanId }) => spanId === call?.parentSpanId)?.kind).toBe("agent");
  });
});

describe("a call that another witness tells of", () => {
  const answered = [
    chat("call", "writer", { "gen_ai.response.id": "chatcmpl-1" }),
    agent("writer"),
  ];

  test("is told in that witness' session, and in no other", () => {
    const recorded = new Told();
    recorded.note({ type: "model.started", session: "log:1", source: "log", key: callKey });
    const told = draftsBeside(recorded, ...answered).filter(
      (draft) => "key" in draft && draft.key === callKey,
    );
    expect(told.map(({ session }) => session)).toEqual(["log:1", "log:1"]);
  });

  test("without an id that would say so is left to it", () => {
    const recorded = new Told();
    const about = { session: "messages", source: "stream" };
    const usage = { input: 30, output: 4 };
    recorded.note({ ...about, type: "model.started", key: "message:1" });
    recorded.note({ ...about, type: "usage.reported", on: "message:1", basis: "call", usage });
    expect(
      draftsBeside(recorded, ...answered).filter(({ type }) => type === "model.started"),
    ).toEqual([]);
    expect(
      draftsBeside(new Told(), ...answered).filter(({ type }) => type === "model.started"),
    ).toHaveLength(1);
  });
});

test("where no call was seen, it is said that nobody counted", () => {
  expect(tell(agent("writer")).complete).toBe(false);
  expect(tell(chat("call", "writer"), agent("writer")).complete).toBe(true);
});
