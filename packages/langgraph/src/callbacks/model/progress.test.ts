import { describe, expect, test } from "vitest";
import { endOf, failureOf, graphRun, modelRun } from "../example-runs.ts";
import { draftsOf, only, translateAll } from "../fixtures.ts";
import type { Fields, LangGraphCallback } from "../native.ts";
import { pieceOfStreamEvent, pieceOfToken } from "./streamed.ts";

const chunk = (message: Fields, text = "") => ({ chunk: { text, message } });
const content = { carriesContent: true };
const start = (block: Fields) => ({ event: "content-block-start", index: 0, content: block });
const delta = (said: Fields) => ({ event: "content-block-delta", index: 0, delta: said });

describe("a token", () => {
  test.each([
    ["text", chunk({ content: "Hi" }, "Hi")],
    ["reasoning", chunk({ content: [{ type: "reasoning", reasoning: "hm", index: 0 }] })],
    ["reasoning beside the content", chunk({ additional_kwargs: { reasoning_content: "hm" } })],
    ["a tool call", chunk({ content: "", tool_call_chunks: [{ index: 0, name: "f", args: "" }] })],
    [
      "Gemini's tool call",
      chunk({ content: [{ type: "functionCall", functionCall: { name: "f" } }] }),
    ],
  ])("with %s is a piece of the answer", (_kind, fields) => {
    expect(pieceOfToken(fields)).toEqual(content);
  });

  test.each([
    ["an empty chunk", chunk({ content: "" })],
    ["an empty block", chunk({ content: [{ type: "text", text: "", index: 0, id: "b1" }] })],
    ["a reason to stop", chunk({ content: "", response_metadata: { finish_reason: "stop" } })],
    ["no chunk, as from a cache or Gemini's invoke", undefined],
  ])("with %s is none", (_kind, fields) => {
    expect(pieceOfToken(fields)).toEqual({});
  });

  test("may count what was used, and nothing else", () => {
    const usage = { input_tokens: 1 };
    expect(pieceOfToken(chunk({ content: "", usage_metadata: usage }))).toEqual({ usage });
  });
});

describe("a stream event", () => {
  test.each([
    [start({ type: "tool_call_chunk", id: "c", name: "f", args: "", index: 0 }), content],
    [start({ type: "text", text: "" }), {}],
    [delta({ type: "text-delta", text: "Hi" }), content],
    [delta({ type: "reasoning-delta", reasoning: "hm" }), content],
    [delta({ type: "block-delta", fields: { type: "tool_call_chunk", args: "{" } }), content],
    [delta({ type: "text-delta", text: "" }), {}],
    [{ event: "content-block-finish", content: { type: "text", text: "Hi" } }, {}],
    [{ event: "message-start", id: "m" }, {}],
    [{ event: "message-finish", reason: "stop", usage: { input_tokens: 1 } }, {}],
    [{ event: "usage", usage: { input_tokens: 1 } }, { usageSoFar: { input_tokens: 1 } }],
    [{ event: "message-start", usage: { input_tokens: 1 } }, { usageSoFar: { input_tokens: 1 } }],
    ["no event", {}],
  ])("%# tells of the answer what it says", (event, piece) => {
    expect(pieceOfStreamEvent(event)).toEqual(piece);
  });
});

describe("an answer that comes in pieces", () => {
  const piece: LangGraphCallback = { kind: "run.progressed", runId: "m", carriesContent: true };
  const silent: LangGraphCallback = { kind: "run.progressed", runId: "m" };
  const call = [graphRun("g"), modelRun("m", { parentRunId: "g" })];

  test("begins once, with the first that says anything", () => {
    const drafts = translateAll([...call, silent, { ...piece, atMs: 7 }, piece, endOf("m"), piece]);
    expect(only(drafts, "output.began")).toEqual([
      {
        type: "output.began",
        session: "t",
        source: "callback",
        at: { ms: 7 },
        on: "m",
        mark: "first",
      },
    ]);
  });

  test("is a model's: pieces of other runs, and of none, begin nothing", () => {
    const strangers = ["g", "x"].map((runId) => ({ ...piece, runId }));
    expect(only(translateAll([...call, ...strangers]), "output.began")).toEqual([]);
  });

  test.each(["02-react-agent-stream-messages", "17b-streamEvents-v3"] as const)(
    "begins before it ends, in each call of %s",
    (scenario) => {
      const drafts = draftsOf(scenario);
      const began = only(drafts, "output.began").map(({ on }) => on);
      expect(new Set(began).size).toBe(began.length);
      expect(began).toEqual(only(drafts, "model.ended").map(({ key }) => key));
    },
  );
});

test("what a stream had counted before it failed is told, and not as all that was used", () => {
  const usage = { input_tokens: 100, output_tokens: 1, input_token_details: { cache_read: 80 } };
  const drafts = translateAll([
    graphRun("g"),
    modelRun("m", { parentRunId: "g" }),
    { kind: "run.progressed", runId: "m", usage },
    failureOf("m", new Error("connection lost")),
  ]);
  const usages = only(drafts, "usage.reported");
  expect(usages).toMatchObject([
    { on: "m", final: false, usage: { input: 20, cacheRead: 80, output: 1 } },
  ]);
  expect(drafts.at(-1)?.type).toBe("model.ended");
});
