import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { SessionView } from "@spoor/core";
import {
  type Recording,
  recordingsOf,
  runsWith,
  shapeOf,
  type Told,
  toldBy,
  truthOf,
} from "./surfaces.fixture.ts";

type Exceptions = Readonly<Record<string, string>>;

/** Where a log cannot tell all that the server counted, and why. In all other runs it does. */
const unknownToLogs: Exceptions = {
  "a10-streaming": "the server was asked for a stream without usage",
  "o-v0_4_9-team": "its critic streams without usage",
  "o-v0_6_1-team": "its critic streams without usage",
  "t08b-cancel-mid-team": "the server had answered a call that was cancelled",
};

/** Where messages tell other tokens than the server counted, and why. They never claim to be all. */
const otherInMessages: Exceptions = {
  ...unknownToLogs,
  "a15-code-executor": "what wrote the program says no tokens",
  "a17-cached-client": "what came out of a cache says its tokens again",
  "a31-anthropic-client": "what was read from the provider's cache is not in it",
  "a33-replay-client": "a replay counts words",
  "t03-selector": "who chose the speakers called a model",
  "t03b-selector-invalid-name-retry": "who chose the speakers called a model",
  "t05-magentic": "the orchestrator called a model",
  "t05b-magentic-bad-ledger-json": "the orchestrator called a model",
};

/** Messages that were answered without a call say tokens of a call all the same. */
const repeating: ReadonlySet<string> = new Set(["a17-cached-client", "a33-replay-client"]);

/** Where no id joins each call with its message, and messages are therefore two sessions with their log. */
const inTwoSessions: ReadonlySet<string> = new Set([
  "a01-single-turn",
  "a09-structured-output",
  "a10-streaming",
  "a11-memory",
  "a12-agent-tool",
  "a15-code-executor",
  "a16-reasoning",
  "a17-cached-client",
  "a18-rate-limit-then-ok",
  "a21-two-runs-one-agent",
  "a26-multimodal",
  "a27-empty-call-ids",
  "a32-ollama-client",
]);

describe.each(runsWith())("all that was recorded of %s", (run) => {
  const files = [...recordingsOf(run, "events"), ...recordingsOf(run, "messages")];

  test("are the reviewed trees", async () => {
    await expect(toldBy(files).trees).toMatchFileSnapshot(
      join(import.meta.dirname, "fixtures/surfaces", `${run}.tree.txt`),
    );
  });

  test("has a trace for every span, and no fact that the recorder refuses", () => {
    const { sessions, refused } = toldBy(files);
    const spans = sessions.flatMap((session) => session.spans);
    const known = new Set(spans.map(({ spanId }) => spanId));
    expect(refused).toBe(0);
    expect(
      spans.filter(({ turnSpanId, parentSpanId }) =>
        parentSpanId === null ? turnSpanId === null : !known.has(parentSpanId),
      ),
    ).toEqual([]);
  });
});

describe.each(runsWith("events"))("the log of %s", (run) => {
  test(`tells every token that the server counted${butFor(unknownToLogs[run])}`, () => {
    const { tokens, complete } = toldBy(recordingsOf(run, "events"));
    expect(complete).toBe(unknownToLogs[run] === undefined);
    if (complete) expect(tokens).toEqual(truthOf(run));
  });
});

describe.each(runsWith("messages"))("the messages of %s", (run) => {
  const { tokens, complete, calls } = toldBy(recordingsOf(run, "messages"));

  test(`tell every token that the server counted${butFor(otherInMessages[run])}`, () => {
    if (otherInMessages[run] === undefined) expect(tokens).toEqual(truthOf(run));
    else expect(tokens).not.toEqual(truthOf(run));
  });

  test("never claim to be complete where they tell of a model call", () => {
    expect(complete).toBe(calls === 0);
  });
});

describe.each(runsWith("events", "messages"))("log and messages of %s", (run) => {
  const [log, messages] = [recordingsOf(run, "events"), recordingsOf(run, "messages")];
  const joined = toldBy([...log, ...messages]);
  const alone = [toldBy(log), toldBy(messages)] as const;

  test("count every call and every tool once", () => {
    expect(joined.complete).toBe(unknownToLogs[run] === undefined);
    expect(joined.tokens).toEqual(joined.complete ? truthOf(run) : alone[0].tokens);
    expect(joined.calls).toBe(alone[0].calls);
    expect(joined.tools).toBe(alone[1].tools);
  });

  test(inTwoSessions.has(run) ? "are apart, for want of ids" : "are one by their ids", () => {
    expect(joined.sessions.some(isLogged)).toBe(inTwoSessions.has(run));
  });

  test("fold to the same spans whichever is read first", () => {
    expect(shapeOf(toldBy([...messages, ...log]))).toEqual(shapeOf(joined));
  });

  test("add nothing when they are read again, together or one by one", () => {
    const both = [...log, ...messages];
    const again = toldBy(both, [...messages, ...log], messages, log, both);
    expect(again.events).toBe(joined.events);
  });

  test.each([
    ["the log first", [log, messages]],
    ["the messages first", [messages, log]],
  ])("count no call twice in imports of their own, %s", (_, imports) => {
    expectOnce(toldBy(...imports));
  });

  test("cut anywhere and then read whole, count no call twice", () => {
    for (const [logged, said] of cuts) {
      const halves = [...log.map(cut(logged)), ...messages.map(cut(said))];
      expectOnce(toldBy(halves, [...log, ...messages]));
    }
  });

  /** What was recorded by messages is not taken back, also where the log shows later that it came out of a cache. */
  function expectOnce({ tokens, calls, complete }: Told): void {
    const most = alone[repeating.has(run) ? 1 : 0];
    for (const [told, least, greatest] of [
      [calls, joined.calls, most.calls],
      [tokens.input, joined.tokens.input, most.tokens.input],
      [tokens.output, joined.tokens.output, most.tokens.output],
    ] as const) {
      expect(told).toBeGreaterThanOrEqual(least);
      expect(told).toBeLessThanOrEqual(greatest);
    }
    if (complete) expect(tokens).toEqual(joined.tokens);
  }
});

describe("a run of a team whose messages have neither ids nor tools", () => {
  const team = "00000000-0000-4000-8000-000000000000";
  const task = { source: "user", models_usage: null, content: "Rain.", type: "TextMessage" };
  const usage = { prompt_tokens: 30, completion_tokens: 2 };
  const answer = {
    source: "writer",
    models_usage: usage,
    content: "It rains.",
    type: "TextMessage",
  };
  const call = { type: "LLMCall", messages: [], response: { id: "chatcmpl-1", usage }, ...usage };
  const log = [
    sent({ messages: [task] }, null, `group_chat_manager/${team}`),
    { ...call, agent_id: `writer/${team}` },
    sent({ message: answer }, `writer/${team}`, `output_topic/${team}`),
  ].map((line) => JSON.stringify(line));
  const messages = [JSON.stringify({ messages: [task, answer], stop_reason: null })];

  test.each([
    ["together", [[log, messages]]],
    ["together the other way round", [[messages, log]]],
    ["the log first", [[log], [messages]]],
    ["the messages first", [[messages], [log]]],
  ])("counts each call once, %s", (_, imports) => {
    expect(toldBy(...imports)).toMatchObject({ calls: 1, tokens: { input: 30, output: 2 } });
  });
});

const sent = (payload: object, sender: string | null, receiver: string): object => ({
  payload: JSON.stringify(payload),
  sender,
  receiver,
  kind: "MessageKind.PUBLISH",
  delivery_stage: "DeliveryStage.SEND",
  type: "Message",
});

const isLogged = ({ id }: SessionView): boolean => id.startsWith("log:");

const cut = (part: number) => (lines: Recording) => lines.slice(0, Math.floor(lines.length * part));

const cuts = [
  [0.5, 0.3],
  [0.3, 0.7],
  [0.8, 0.5],
] as const;

function butFor(why: string | undefined): string {
  return why === undefined ? "" : `, or says that it does not: ${why}`;
}
