import { describe, expect, test } from "vitest";
import { graphRun, modelRun, nodeRun } from "../example-runs.ts";
import { only, translateAll } from "../fixtures.ts";
import type { Fields, LangGraphCallback } from "../native.ts";
import { promptOf } from "./prompt.ts";

const langfusePrompt = { name: "greeting", version: 7, prompt: "Hello {{name}}" };

const template = (runId: string, parentRunId: string, metadata: Fields): LangGraphCallback => ({
  ...graphRun(runId, { parentRunId, runName: "ChatPromptTemplate", metadata }),
  classPath: ["langchain_core", "prompts", "chat", "ChatPromptTemplate"],
});

const promptsOf = (...natives: readonly LangGraphCallback[]): readonly unknown[] =>
  only(translateAll([graphRun("g"), nodeRun("n", "g"), ...natives]), "model.started").map(
    ({ promptName, promptVersion }) => [promptName, promptVersion],
  );

describe("a model call is made of the managed prompt", () => {
  test("of the template beside it, as Langfuse's own handler reads it", () => {
    const sequence = graphRun("s", { parentRunId: "n", runName: "RunnableSequence", metadata: {} });
    const made = template("p", "s", { langfusePrompt });
    expect(promptsOf(sequence, made, modelRun("m", { parentRunId: "s" }))).toEqual([
      ["greeting", "7"],
    ]);
  });

  test("that its own metadata names", () => {
    expect(promptsOf(modelRun("m", { parentRunId: "n", metadata: { langfusePrompt } }))).toEqual([
      ["greeting", "7"],
    ]);
  });

  test("but the next call is not, unless it is said again", () => {
    const made = template("p", "n", { langfusePrompt });
    const [first, second] = ["m", "o"].map((runId) => modelRun(runId, { parentRunId: "n" }));
    expect(promptsOf(made, ...[first, second].flatMap((run) => run ?? []))).toEqual([
      ["greeting", "7"],
      [undefined, undefined],
    ]);
  });

  test("and not of one that was made up elsewhere", () => {
    const made = template("p", "g", { langfusePrompt });
    expect(promptsOf(made, modelRun("m", { parentRunId: "n" }))).toEqual([[undefined, undefined]]);
  });

  test("that a root run names, which is that call", () => {
    const drafts = translateAll([modelRun("m", { metadata: { langfusePrompt } })]);
    expect(only(drafts, "model.started")).toMatchObject([{ promptName: "greeting" }]);
  });
});

test.each<[string, Fields, unknown]>([
  ["none where nothing is said", {}, undefined],
  ["none where it has no name", { langfusePrompt: { version: 3 } }, undefined],
  ["none where it is something else", { langfusePrompt: "greeting" }, undefined],
  [
    "its name alone where the version is no number",
    { langfusePrompt: { name: "greeting", version: "7" } },
    { promptName: "greeting" },
  ],
  [
    "one of LangSmith's hub, with its commit",
    { lc_hub_owner: "rlm", lc_hub_repo: "rag-prompt", lc_hub_commit_hash: "50442af1" },
    { promptName: "rlm/rag-prompt", promptVersion: "50442af1" },
  ],
  [
    "one of the hub's user themselves",
    { lc_hub_owner: "-", lc_hub_repo: "rag-prompt" },
    { promptName: "rag-prompt" },
  ],
])("the prompt is %s", (_, metadata, prompt) => {
  expect(promptOf(modelRun("m", { metadata }))).toEqual(prompt);
});

test("an object that throws when it is looked at is no prompt", () => {
  const hostile = new Proxy(
    {},
    {
      get() {
        throw new Error("do not look");
      },
    },
  );
  expect(promptOf(modelRun("m", { metadata: { langfusePrompt: hostile } }))).toBeUndefined();
});
