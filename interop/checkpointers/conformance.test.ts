import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { createObserver, journalReader } from "@spoor/core";
import { auditCheckpointer } from "@spoor/langgraph";
import { afterAll, describe, expect, test } from "vitest";
import type { Opened } from "./databases/checkpointers.ts";
import { started } from "./databases/started.ts";

/** LangGraph's own tests of checkpointers, on one as it is and on the same with a witness. Whether both pass the same ones, `run.mjs` compares. */

interface Initializer {
  readonly checkpointerName: string;
  createCheckpointer(): Promise<BaseCheckpointSaver>;
  destroyCheckpointer(saver: BaseCheckpointSaver): Promise<void>;
}
interface Official {
  readonly validate: (initializer: Initializer) => void;
  readonly deltaChannelHistoryTests: (initializer: Initializer) => void;
}

const official = "@langchain/langgraph-checkpoint-validation";
const { validate, deltaChannelHistoryTests } = (await import(
  /* @vite-ignore */ official
)) as Official;
const checkpointers = await started();
afterAll(() => checkpointers.stop());

function validates(witnessed: (saver: BaseCheckpointSaver) => BaseCheckpointSaver): void {
  const opened = new Map<BaseCheckpointSaver, Opened>();
  const initializer: Initializer = {
    checkpointerName: checkpointers.name,
    createCheckpointer: async () => {
      const one = await checkpointers.open();
      const saver = witnessed(one.saver);
      opened.set(saver, one);
      return saver;
    },
    destroyCheckpointer: async (saver) => {
      await opened.get(saver)?.close();
      opened.delete(saver);
    },
  };
  validate(initializer);
  deltaChannelHistoryTests(initializer);
}

describe("bare", () => {
  validates((saver) => saver);
});

describe("with a witness", () => {
  const dir = mkdtempSync(join(tmpdir(), "spoor-conformance-"));
  const observer = createObserver({ journal: { dir }, flushOnExit: false });
  afterAll(async () => {
    await observer.close();
    rmSync(dir, { recursive: true, force: true });
  });
  validates((saver) => auditCheckpointer(saver, observer));
  test("which has told of what was saved, written and removed", async () => {
    await observer.flush();
    const told = new Set<string>();
    for (const { line } of journalReader(dir).entries())
      told.add(/"type":"(checkpoint\.\w+)"/.exec(line)?.[1] ?? "");
    expect(told).toContain("checkpoint.saved");
    expect(told).toContain("checkpoint.written");
    expect(told).toContain("checkpoint.removed");
    expect(told).not.toContain("checkpoint.refused");
  });
});
