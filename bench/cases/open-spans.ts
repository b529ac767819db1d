import { join } from "node:path";
import {
  createRecorder,
  createRunTree,
  diskJournal,
  type EventDraft,
  type RecorderOptions,
} from "@spoor/core";
import type { Benchmark } from "../benchmark.ts";
import { now } from "../clock.ts";
import { heapInUse } from "../heap.ts";

const sessions = 10;
const toolsInSession = 1_000;

export const benchmark: Benchmark = {
  name: "10,000 open spans",
  note: "Heap after a collection: 10 sessions with 1,000 tool calls each that nobody has seen end. The journal is on disk.",
  async run({ scratch }) {
    const warmUp = createRunTree();
    await heapAfter(join(scratch, "warm-up"), (event) => warmUp.apply(event));
    const recorder = await heapAfter(join(scratch, "recorder"), () => {});
    const tree = createRunTree();
    const both = await heapAfter(join(scratch, "both"), (event) => tree.apply(event));
    const { openSpans } = tree.health();
    if (openSpans !== sessions * (toolsInSession + 1))
      throw new Error(`expected every span to be open, received ${openSpans}`);
    return [
      { name: "recorder", value: recorder, unit: "B/span" },
      { name: "recorder and run tree", value: both, unit: "B/span" },
    ];
  },
};

async function heapAfter(
  dir: string,
  recorded: NonNullable<RecorderOptions["recorded"]>,
): Promise<number> {
  const before = heapInUse();
  const journal = diskJournal({ dir });
  const recorder = createRecorder({ journal, clock: now, recorded });
  for (let session = 0; session < sessions; session += 1)
    for (const draft of openings(`session-${session}`)) recorder.emit(draft);
  const grown = heapInUse() - before;
  if (recorder.health().refused > 0) throw new Error("expected every opening to be recorded");
  await journal.close();
  return grown / (sessions * toolsInSession);
}

function* openings(session: string): Iterable<EventDraft> {
  const said = { session, source: "callback" } as const;
  yield { ...said, type: "turn.started", key: "turn", name: "coder" };
  for (let tool = 0; tool < toolsInSession; tool += 1) {
    const key = `toolu-01AbCdEfGhIjKlMn${tool}`;
    yield {
      ...said,
      type: "tool.started",
      key,
      parent: "turn",
      name: "read",
      toolCallId: key,
    };
  }
}
