import { join } from "node:path";
import {
  type AgentEvent,
  createObserver,
  createRunTree,
  journalReader,
  type RunTree,
} from "@spoor/core";
import { parseEventLine } from "@spoor/core/schema";
import type { Benchmark } from "../benchmark.ts";
import { stopwatch } from "../clock.ts";
import { closeComplete } from "../complete.ts";
import { eventsInTurn, turnOf } from "../tool-loop.ts";

const sessions = 20;
const turnsInSession = 120;
const events = sessions * turnsInSession * eventsInTurn;
/** By then a tree that releases turns has released more spans than it remembers. */
const longRunning = Math.floor((events * 3) / 4);

export const benchmark: Benchmark = {
  name: "fold",
  note: `${events.toLocaleString("en")} events in ${sessions} sessions. Live: spans are handed out and turns released as they end, as exporters do; measured over the last quarter.`,
  async prepare(folder) {
    const observer = createObserver({ journal: { dir: journalIn(folder), maxBytes: null } });
    for (let turn = 0; turn < turnsInSession; turn += 1)
      for (let session = 0; session < sessions; session += 1)
        for (const draft of turnOf(`session-${session}`, turn)) observer.emit(draft);
    await closeComplete(observer);
  },
  run({ prepared }) {
    const dir = journalIn(prepared);
    const all = [...eventsIn(dir)];
    foldAll(all.slice(0, events / 5));

    const tree = createRunTree();
    const quarters = inQuarters(all).map((facts) => {
      const watch = stopwatch();
      for (const event of facts) tree.apply(event);
      return watch.spent();
    });
    const [first = NaN] = quarters;
    const last = quarters.at(-1) ?? NaN;
    const viewing = stopwatch();
    const spans = tree.sessions().map((id) => tree.session(id)?.spans.length ?? 0);
    const viewMs = viewing.spent();
    const exported = createRunTree();
    foldLive(exported, all.slice(0, longRunning));
    const live = stopwatch();
    foldLive(exported, all.slice(longRunning));
    const liveMs = live.spent();

    const parsing = stopwatch();
    const bytes = sum(Array.from(journalReader(dir).entries(), ({ line }) => measure(line)));
    const parseMs = parsing.spent();
    const reading = stopwatch();
    foldAll(eventsIn(dir));
    const readMs = reading.spent();
    return Promise.resolve([
      { name: "fold", value: (events / sum(quarters)) * 1_000, unit: "events/s" },
      {
        name: "fold, last ÷ first quarter, time",
        value: last / first,
        unit: "×",
        target: { atMost: 2 },
      },
      { name: "fold, live", value: ((events - longRunning) / liveMs) * 1_000, unit: "events/s" },
      { name: "spans of a session", value: (sum(spans) / viewMs) * 1_000, unit: "spans/s" },
      { name: "read and parse from disk", value: bytes / parseMs / 1_000, unit: "MB/s" },
      { name: "read, parse and fold from disk", value: bytes / readMs / 1_000, unit: "MB/s" },
    ]);
  },
};

const journalIn = (folder: string): string => join(folder, "journal");
const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

function* eventsIn(dir: string): Iterable<AgentEvent> {
  for (const { line } of journalReader(dir).entries()) yield eventOf(line);
}

function eventOf(line: string): AgentEvent {
  const parsed = parseEventLine(line);
  if (parsed.ok) return parsed.event;
  const { path, expected, received } = parsed.problem;
  throw new Error(`expected ${expected} at ${path}, received ${received}`);
}

/** Parses the line for the time that takes; entries of this journal are ASCII. */
function measure(line: string): number {
  eventOf(line);
  return line.length + 1;
}

function inQuarters<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const length = Math.ceil(items.length / 4);
  return [0, 1, 2, 3].map((quarter) => items.slice(quarter * length, (quarter + 1) * length));
}

function foldAll(facts: Iterable<AgentEvent>): void {
  const tree = createRunTree();
  for (const event of facts) tree.apply(event);
}

function foldLive(tree: RunTree, facts: Iterable<AgentEvent>): void {
  for (const event of facts) {
    tree.apply(event);
    if (event.type !== "turn.ended" || event.spanId === null) continue;
    for (const span of tree.settled(event.recordedAt)) if (span.kind === "turn") break;
    tree.release(event.session, event.spanId);
  }
}
