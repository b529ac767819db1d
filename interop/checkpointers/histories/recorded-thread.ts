import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BaseCheckpointSaver } from "@langchain/langgraph";
import { createObserver } from "@spoor/core";
import {
  auditCheckpointer,
  spoorCallbacks,
  type ThreadVerification,
  verifyCheckpoints,
} from "@spoor/langgraph";
import { onTestFinished } from "vitest";
import type { Checkpointers, OpenedTables } from "../databases/checkpointers.ts";
import { type Graph, thinking } from "./thinking.ts";

/** A thread of an agent whose checkpoints are in a database and recorded in a journal, and what a verifier says of both. */
export interface RecordedThread {
  readonly folder: string;
  readonly graph: Graph;
  readonly config: object;
  /** With its witness, as the application has it. */
  readonly checkpointer: BaseCheckpointSaver;
  readonly tables: OpenedTables;
  /** Records what is still to be recorded, then verifies. */
  verified(): Promise<ThreadVerification>;
}

/** `prepare`: has the checkpointer before its witness has. */
export async function recordedThread(
  checkpointers: Checkpointers<OpenedTables>,
  prepare: (saver: BaseCheckpointSaver) => void = () => {},
): Promise<RecordedThread> {
  const folder = mkdtempSync(join(tmpdir(), "spoor-thread-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const dir = join(folder, ".spoor");
  const observer = createObserver({ journal: { dir }, flushOnExit: false });
  const tables = await checkpointers.open();
  onTestFinished(async () => {
    await observer.close();
    await tables.close();
  });
  prepare(tables.saver);
  const checkpointer = auditCheckpointer(tables.saver, observer);
  return {
    folder,
    graph: thinking(checkpointer),
    config: { callbacks: [spoorCallbacks(observer)], configurable: { thread_id: "thread" } },
    checkpointer,
    tables,
    verified: async () => {
      await observer.flush();
      return verifyCheckpoints(tables.saver, { thread: "thread", journal: dir });
    },
  };
}
