import { expect, test } from "vitest";
import { listening, ofType, spansOf } from "../envelopes/listening.fixture.ts";
import { createActorRuntime } from "./actor-runtime.ts";
import { wrapModel, wrapTool } from "./wrap-calls.ts";

const usage = { input: 3, cacheRead: null, cacheWrite: null, output: 5, reasoning: null };

test("tools and models are work of the handler that calls them, also when two handlers run at once", async () => {
  const { observer, drafts } = listening();
  const actors = createActorRuntime(observer);
  const add = wrapTool(actors.envelopes, "add", async (a: number, b: number) => a + b);
  const ask = wrapModel(
    actors.envelopes,
    {
      model: "small",
      provider: "scripted",
      context: (question: string) => ({ messages: [{ role: "user", content: question }] }),
      answer: () => ({ model: "small-1", finishReason: "stop", usage }),
    },
    async (question: string) => `${question}!`,
  );
  actors.spawn("adder", async () => add(1, 2));
  actors.spawn("asker", async () => ask("why"));
  expect(await Promise.all([actors.request("adder", 0), actors.request("asker", 0)])).toEqual([
    3,
    "why!",
  ]);
  const spans = spansOf(drafts);
  const parentOf = (kind: string): string | undefined => {
    const parent = spans.find((span) => span.kind === kind)?.parentSpanId;
    return spans.find(({ spanId }) => spanId === parent)?.name;
  };
  expect([parentOf("tool"), parentOf("model")]).toEqual(["adder", "asker"]);
  expect(ofType(drafts, "tool.started")).toMatchObject([{ input: [1, 2], agent: "adder" }]);
  expect(ofType(drafts, "model.ended")).toMatchObject([
    { model: "small-1", finishReason: "stop", output: "why!" },
  ]);
  expect(spans.find(({ kind }) => kind === "model")?.usage).toEqual(usage);
});

test("outside of all work a wrapped function is the function", () => {
  const { observer, drafts } = listening();
  const { envelopes } = createActorRuntime(observer);
  expect(wrapTool(envelopes, "double", (a: number) => a * 2)(4)).toBe(8);
  expect(wrapModel(envelopes, { model: "m" }, (a: number) => a * 2)(4)).toBe(8);
  expect(drafts).toEqual([]);
});

test("what a wrapped function throws goes on, and what its reading throws does not", async () => {
  const { observer, drafts } = listening();
  const actors = createActorRuntime(observer);
  const error = new TypeError("no");
  const throwing = (): never => {
    throw error;
  };
  const broken = wrapTool(actors.envelopes, "broken", throwing);
  const unread = wrapModel<readonly [string], string>(
    actors.envelopes,
    { model: "m", context: throwing, answer: throwing },
    (question) => question,
  );
  actors.spawn("caller", () => {
    expect(unread("hi")).toBe("hi");
    return broken();
  });
  await expect(actors.request("caller", 0)).rejects.toBe(error);
  expect(ofType(drafts, "model.started")).toMatchObject([{ input: "hi" }]);
  expect(ofType(drafts, "tool.ended")).toMatchObject([{ outcome: { errorType: "TypeError" } }]);
});
