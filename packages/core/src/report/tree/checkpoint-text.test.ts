import { describe, expect, test } from "vitest";
import type { EventId } from "../../vocabulary/event.ts";
import type { MarkReport } from "../report.ts";
import { isShown, markText } from "./mark-text.ts";

const mark = (type: string, more: object): MarkReport => ({
  type,
  id: "0" as EventId,
  spanId: null,
  at: null,
  source: "checkpointer",
  ...more,
});
const digest = "74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b";

describe("the mark of a checkpointer in the tree", () => {
  test.each([
    [
      "names the channels that a task wrote, and not their digests",
      mark("checkpoint.written", {
        checkpoint: "c1",
        task: "t1",
        writes: { writes: [{ channel: "messages", hash: digest }, { channel: "branch:to:ask" }] },
      }),
      "messages  branch:to:ask",
    ],
    [
      "says where the channels were erased",
      mark("checkpoint.written", { checkpoint: "c1", task: "t1", writes: "[erased]" }),
      "[erased]",
    ],
    [
      "calls a checkpoint what the application calls it",
      mark("checkpoint.saved", { checkpoint: "c1", origin: "loop", step: 2, label: "paid" }),
      "paid  loop  2  c1",
    ],
    [
      "says why a checkpoint was not taken",
      mark("checkpoint.refused", { checkpoint: "c1", errorType: "Error", detail: "disk is full" }),
      "Error  disk is full  c1",
    ],
    [
      "names the checkpoint that it goes on from",
      mark("checkpoint.restored", { checkpoint: "c1", state: {} }),
      "c1",
    ],
    [
      "says that a thread was removed",
      mark("checkpoint.removed", { kept: "latest" }),
      "all of the thread  latest",
    ],
  ])("%s", (_, given, text) => {
    expect(markText(given)).toBe(text);
    expect(isShown(given)).toBe(true);
  });

  test("is not there for a checkpoint like all others: there is one for each step", () => {
    expect(isShown(mark("checkpoint.saved", { checkpoint: "c1", origin: "loop", step: 2 }))).toBe(
      false,
    );
  });
});
