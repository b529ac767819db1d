import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type BaseCheckpointSaver,
  interrupt,
  MemorySaver,
  START,
  StateGraph,
} from "@langchain/langgraph";
import { createObserver } from "@spoor/core";
import { onTestFinished } from "vitest";
import { Log, logs } from "../../live/application.fixture.ts";
import { auditCheckpointer } from "../audit-checkpointer.ts";
import { configOf } from "../audited.fixture.ts";
import type { ThreadVerification } from "./verification.ts";
import { verifyCheckpoints } from "./verify-checkpoints.ts";

/** As much of a compiled graph as tests need, whatever its nodes are. */
export interface Graph {
  readonly checkpointer: MemorySaver;
  invoke(input: unknown, config: object): Promise<unknown>;
  updateState(config: object, values: unknown, asNode?: string): Promise<object>;
  getStateHistory(config: object): AsyncIterableIterator<{ readonly config: object }>;
}

/** An application whose threads are recorded, its checkpointer, and what a verifier says of both. */
export interface AuditedThread {
  readonly saver: MemorySaver;
  readonly dir: string;
  readonly graph: Graph;
  readonly config: ReturnType<typeof configOf>;
  /** Records what is still to be recorded, then verifies. */
  verified(journal?: string): Promise<ThreadVerification>;
  close(): Promise<void>;
}

const thinking = (checkpointer: BaseCheckpointSaver): Graph => {
  const inner = new StateGraph(Log)
    .addNode("look", logs("seen"))
    .addEdge(START, "look")
    .compile({ name: "Looking" });
  return new StateGraph(Log)
    .addNode("think", logs("thought"))
    .addNode("look", inner)
    .addNode("ask", ({ log }: { readonly log: readonly string[] }) =>
      log.includes("ask") ? { log: [String(interrupt("sure?"))] } : { log: ["done"] },
    )
    .addEdge(START, "think")
    .addEdge("think", "look")
    .addEdge("look", "ask")
    .compile({ name: "Thinking", checkpointer }) as unknown as Graph;
};

export function auditedThread(): AuditedThread {
  const dir = mkdtempSync(join(tmpdir(), "spoor-checkpoints-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const observer = createObserver({ journal: { dir }, flushOnExit: false });
  onTestFinished(() => observer.close().then(() => undefined));
  const saver = new MemorySaver();
  const close = async (): Promise<void> => {
    await observer.close();
  };
  return {
    saver,
    dir,
    graph: thinking(auditCheckpointer(saver, observer)),
    config: configOf(observer, "thread"),
    close,
    verified: async (journal = dir) => {
      await observer.flush();
      return verifyCheckpoints(saver, { thread: "thread", journal });
    },
  };
}
