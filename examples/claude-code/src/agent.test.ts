import {
  createObserver,
  createRunTree,
  type EventExporter,
  type SessionView,
  type Span,
} from "@spoor/core";
import { expect, test } from "vitest";
import { askAgent } from "./ask-agent.ts";
import { recordedQuery } from "./recorded-query.ts";

test("the second turn is set off by the subagent that ended in between", async () => {
  const { spans } = await recorded();
  const turns = spans.filter(({ kind }) => kind === "turn");
  const agent = spans.find(({ kind }) => kind === "agent");
  expect(turns.map(({ status }) => status)).toEqual(["ok", "ok"]);
  expect(turns.map(({ causedBy }) => causedBy)).toEqual([null, agent?.spanId]);
});

test("each turn says what it was asked, which no message of the stream does", async () => {
  const { spans } = await recorded();
  const inputs = spans.filter(({ kind }) => kind === "turn").map(({ input }) => input);
  expect(inputs.map((input) => typeof input)).toEqual(["string", "string"]);
  expect(inputs[0]).not.toBe(inputs[1]);
});

test("the subagent lies under the tool call that spawned it, and outlives its turn", async () => {
  const { spans } = await recorded();
  const agent = spans.find(({ kind }) => kind === "agent");
  const [turn] = spans.filter(({ kind }) => kind === "turn");
  expect(nameOf(spans, agent?.parentSpanId)).toBe("Agent");
  expect(agent?.endedAt).toBeGreaterThan(turn?.endedAt ?? Infinity);
  expect(spans.filter(({ parentSpanId }) => parentSpanId === agent?.spanId)).toHaveLength(3);
});

test("every tool call names the model call that asked for it", async () => {
  const { spans } = await recorded();
  const kinds = new Map(spans.map(({ spanId, kind }) => [spanId, kind]));
  const tools = spans.filter(({ kind }) => kind === "tool");
  expect(tools.map(({ name, causedBy }) => [name, causedBy && kinds.get(causedBy)])).toEqual([
    ["Agent", "model"],
    ["Read", "model"],
  ]);
});

test("what was used is complete, and said once", async () => {
  const { spans, usageComplete } = await recorded();
  expect(usageComplete).toBe(true);
  const outputs = spans.map(
    ({ usage, unattributed }) => (usage?.output ?? 0) + (unattributed?.output ?? 0),
  );
  expect(outputs.reduce((sum, output) => sum + output, 0)).toBe(132);
});

test("the application hears the agent and nothing of the recorder", async () => {
  const heard: string[] = [];
  await recorded((who, text) => heard.push(`${who}: ${text}`));
  expect(heard.slice(1)).toEqual([
    "agent: Starting it in the background.",
    "agent: (uses Agent)",
    "agent: The subagent is running; I will report when it finishes.",
    "agent: (uses Read)",
    "agent: Three Greek letters.",
    "agent: The background subagent finished: three Greek letters.",
  ]);
});

/** The whole conversation without any waiting, folded as it was recorded. */
async function recorded(say: (who: string, text: string) => void = () => {}): Promise<SessionView> {
  const tree = createRunTree();
  const intoTree: EventExporter = {
    name: "tree",
    consumes: "events",
    async export(batch) {
      for (const event of batch) tree.apply(event);
    },
  };
  const observer = createObserver({ journal: "memory", exporters: [intoTree] });
  const query = recordedQuery(new URL("recording.ndjson", import.meta.url), 0);
  await askAgent(observer, { query, workspace: "/nowhere", say });
  await observer.close();
  const [id] = tree.sessions();
  const session = id === undefined ? null : tree.session(id);
  if (!session) throw new Error("nothing was recorded");
  return session;
}

const nameOf = (spans: readonly Span[], id: string | null | undefined): string | undefined =>
  spans.find(({ spanId }) => spanId === id)?.name;
