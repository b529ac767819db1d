import {
  type AgentEvent,
  contentReader,
  createObserver,
  createRunTree,
  journalReader,
  sessionReport,
} from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";
import { MemorySaver } from "@langchain/langgraph";
import { createAgent, humanInTheLoopMiddleware } from "langchain";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { spoorCallbacks } from "../handler/spoor-callbacks.ts";
import { add, hi, middleware, resume } from "./application.fixture.ts";
import { olderLine } from "./golden.ts";
import { asks, type ScriptedAnswer, says } from "./scripted-answer.ts";
import { model } from "./scripted-model.fixture.ts";

const whyNot = "there, nobody says at which checkpoint a graph stopped";

test.skipIf(olderLine !== undefined)(
  `a tool that is approved in another process is joined to the model that asked for it (not in the older line: ${whyNot})`,
  async () => {
    const dir = mkdtempSync(join(tmpdir(), "spoor-live-"));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const checkpointer = new MemorySaver();
    const inAProcess = async (input: unknown, answer: ScriptedAnswer): Promise<void> => {
      const observer = createObserver({ journal: { dir }, flushOnExit: false });
      const agent = createAgent({
        name: "careful",
        model: model(answer),
        tools: [add],
        middleware: middleware(humanInTheLoopMiddleware({ interruptOn: { add: true } } as never)),
        checkpointer,
      });
      await agent.invoke(input as typeof hi, {
        callbacks: [spoorCallbacks(observer)],
        configurable: { thread_id: "approved" },
      });
      await observer.close();
    };
    await inAProcess(hi, asks(["c1", "add", { a: 1, b: 2 }]));
    await inAProcess(resume({ decisions: [{ type: "approve" }] }), says("3"));
    const [turn, ...more] = turnsIn(dir);
    expect(more).toEqual([]);
    const [asking] = turn?.spans.filter(({ kind }) => kind === "model") ?? [];
    const [tool] = turn?.spans.filter(({ kind }) => kind === "tool") ?? [];
    expect(tool?.name).toBe("add");
    expect(tool?.causedBy).toBe(asking?.spanId);
  },
);

function turnsIn(dir: string) {
  const tree = createRunTree();
  const content = contentReader(journalReader(dir));
  for (const event of eventsIn(dir)) {
    tree.apply(event);
    content.apply(event);
  }
  const view = tree.session("approved");
  return view ? sessionReport(view, content).turns : [];
}

function eventsIn(dir: string): readonly AgentEvent[] {
  return Array.from(journalReader(dir).entries(), ({ line }) => {
    const parsed = parseEventLine(line);
    if (!parsed.ok) throw new Error(`cannot read ${line}`);
    return parsed.event;
  });
}
