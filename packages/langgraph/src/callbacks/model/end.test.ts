import { describe, expect, test } from "vitest";
import { endOf, graphRun, modelRun } from "../example-runs.ts";
import { nativesOf, only, translateAll } from "../fixtures.ts";

const answered = (...ids: readonly string[]) => {
  const tool_calls = ids.map((id) => ({ id, name: "add", args: {} }));
  const message = { $message: "AIMessage", type: "ai", content: "", tool_calls };
  return endOf("m", { generations: [[{ message }]] });
};
const toolRun = (runId: string, toolCallId: string) =>
  ({
    ...graphRun(runId, { parentRunId: "g" }),
    kind: "tool.started",
    input: "",
    toolCallId,
  }) as const;
const call = [graphRun("g"), modelRun("m", { parentRunId: "g" })];

describe("a model's end", () => {
  test("from LangChain's cache used nothing, and says that it was cached", () => {
    const recorded = [
      { event: "handleLLMStart", args: { runId: "m", prompts: ["hi"] } },
      {
        event: "handleLLMEnd",
        args: {
          runId: "m",
          output: {
            generations: [[{ text: "ho" }]],
            llmOutput: { tokenUsage: { promptTokens: 9 } },
          },
          extraParams: { cached: true },
        },
      },
    ];
    const drafts = translateAll(nativesOf(recorded.map((line) => JSON.stringify(line))));
    expect(only(drafts, "usage.reported")[0]?.usage).toMatchObject({ input: 0, output: 0 });
    expect(only(drafts, "model.ended")[0]).toMatchObject({
      native: { cached: true },
      output: { role: "assistant", content: "ho" },
    });
    expect(only(drafts, "model.started")[0]?.context?.messages).toEqual([
      { role: "user", content: "hi" },
    ]);
  });

  test("keeps how long a prompt was of which nobody knows how much was cached", () => {
    const usage_metadata = {
      input_tokens: 100,
      output_tokens: 10,
      total_tokens: 110,
      input_token_details: { cache_read: 80 },
    };
    const message = { $message: "AIMessageChunk", type: "ai", content: "hi", usage_metadata };
    const answer = endOf("m", { generations: [[{ message }]] });
    const metadata = { thread_id: "t", ls_provider: "google_genai" };
    const drafts = translateAll([modelRun("m", { metadata }), answer]);
    expect(only(drafts, "usage.reported")).toMatchObject([
      { usage: { input: null, output: 10 }, native: { usage: { input_tokens: 100 } } },
    ]);
  });

  test("without counts reports no usage", () => {
    expect(only(translateAll([...call, answered()]), "usage.reported")).toEqual([]);
  });

  test("is forgotten as a cause with its turn", () => {
    const drafts = translateAll([
      ...call,
      answered("c"),
      toolRun("t1", "c"),
      endOf("g"),
      toolRun("t2", "c"),
    ]);
    expect(only(drafts, "tool.started").map(({ causedBy }) => causedBy)).toEqual(["m", undefined]);
  });

  test("is remembered as the cause of the latest ten thousand tool calls, no more", () => {
    const ids = Array.from({ length: 10_001 }, (_, index) => `c${index}`);
    const drafts = translateAll([
      ...call,
      answered(...ids),
      toolRun("t1", "c0"),
      toolRun("t2", "c10000"),
    ]);
    expect(only(drafts, "tool.started").map(({ causedBy }) => causedBy)).toEqual([undefined, "m"]);
  });
});
