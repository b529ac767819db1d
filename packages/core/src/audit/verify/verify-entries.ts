import { statSync } from "node:fs";
import { parseJson } from "../../journal/disk/parse-json.ts";
import { nodeFileSystem } from "../../journal/disk/file-system.ts";
import { readTail } from "../../journal/disk/recovery.ts";
import { entriesIn } from "../../journal/disk/segment-size.ts";
import { parseEvent } from "../../schema/parse.ts";
import type { AgentEvent } from "../../vocabulary/event.ts";
import { leafHash } from "../merkle/hash.ts";
import type { Findings } from "./findings.ts";
import { NotesOfGaps } from "./gaps.ts";
import { LaneOrder } from "./lane-order.ts";
import { type LaneLine, LanePassage } from "./lane-passage.ts";
import type { LanePlace } from "./lane-place.ts";
import { LaneValues } from "./lane-values.ts";
import type { OpenTurns } from "./open-turns.ts";
import type { RebuiltTree } from "./rebuilt-tree.ts";
import type { Evidence, ValueCounts, WitnessSighting } from "./verification.ts";
import { WitnessedTimes } from "./witnessed-times.ts";

export interface EntriesTask {
  readonly place: LanePlace;
  /** Is built of the entries. */
  readonly tree: RebuiltTree;
  readonly witnessed: readonly WitnessSighting[];
  readonly turns: OpenTurns;
  readonly findings: Findings;
}

/** A lane's entries, as far as they can be told without its seal. */
export interface VerifiedEntries {
  /** Whole lines that are there. */
  readonly entries: number;
  readonly removed: number;
  /** Notes of the writer that entries, or values of them, could not be written. */
  readonly gapNotes: number;
  readonly clockJumps: number;
  readonly tornBytes: number;
  readonly values: ValueCounts;
  /** Where the entry of an index lies. */
  readonly placeOf: (index: number) => Partial<Evidence>;
}

interface SegmentStart extends Partial<Evidence> {
  readonly index: number;
}

/** Reads every line of a lane, once. */
export function verifyEntries(task: EntriesTask): VerifiedEntries {
  const { place, tree, findings } = task;
  const { lane, nameOf } = place;
  const passage = new LanePassage(place.folder);
  const entries = new EntryChecks(task);
  const values = new LaneValues(place, findings);
  const starts: SegmentStart[] = [];
  let tornBytes = 0;
  for (const segment of passage.segments) {
    const path = passage.fileOf(segment);
    const entriesAt = { lane, segment, file: nameOf(path) };
    // Before its lines: what is written meanwhile is not torn.
    const size = sizeOf(path);
    let end = 0;
    for (const line of passage.lines(segment)) {
      if (line.number === 1) {
        entries.skipTo(line.index);
        starts.push({ ...entriesAt, index: line.index });
      }
      tree.add(leafHash(line.bytes));
      const event = entries.see(line, { ...entriesAt, line: line.number });
      if (event) values.see(event, line.number);
      end = line.end;
    }
    tornBytes += Math.max(0, size - end);
    values.endSegment(segment, entriesAt);
  }
  mustAccountForRemoved(place, passage, findings);
  return {
    entries: passage.size - passage.skipped,
    removed: passage.skipped,
    gapNotes: entries.notes.lost,
    clockJumps: entries.notes.clockJumps,
    tornBytes,
    values: values.end(),
    placeOf: (index) => placeIn(starts, index),
  };
}

/** What can be told of an entry from the lines before it. */
class EntryChecks {
  readonly #task: EntriesTask;
  readonly #order: LaneOrder;
  readonly #times: WitnessedTimes;
  readonly notes: NotesOfGaps = new NotesOfGaps();
  #next = 0;

  constructor(task: EntriesTask) {
    this.#task = task;
    this.#order = new LaneOrder(task.findings);
    this.#times = new WitnessedTimes(task.witnessed, task.findings);
  }

  /** What the bound has removed still stands in the tree. */
  skipTo(index: number): void {
    this.#order.skip(index - this.#next);
    this.#task.tree.addFromTiles(index - this.#next);
    this.#next = index;
  }

  /** Null: it is no event. */
  see({ bytes, index }: LaneLine, at: Partial<Evidence>): AgentEvent | null {
    const { findings, turns, place } = this.#task;
    this.#next = index + 1;
    const value = parseJson(bytes.toString("utf8"));
    const tail = readTail(value);
    if (tail) {
      this.#order.next(tail, at);
      this.#times.see(index, tail.recordedAt, at);
    } else this.#order.pass();
    const event = eventIn(value, at, findings);
    if (!event) return null;
    turns.see(event, place.lane);
    this.notes.see(event);
    return event;
  }
}

function eventIn(value: unknown, at: Partial<Evidence>, findings: Findings): AgentEvent | null {
  const parsed = parseEvent(value);
  if (parsed.ok) return parsed.event;
  const { path, expected, received } = parsed.problem;
  const where = path === "" ? "" : ` in ${path}`;
  const message =
    value === null ? "is no JSON" : `expected ${expected}${where}, received ${received}`;
  findings.find("LINE_UNREADABLE", at, `cannot be read as an event: ${message}`);
  return null;
}

function mustAccountForRemoved(
  { lane, nameOf, folder }: LanePlace,
  passage: LanePassage,
  findings: Findings,
): void {
  const { removed, skipped } = passage;
  if (removed.entries === skipped + countedAndThere(passage)) return;
  findings.find(
    "REMOVED_UNACCOUNTED",
    { lane, file: nameOf(`${folder}/removed.json`) },
    `says that ${removed.entries.toLocaleString("en")} entries were removed, and the sequence tells of ${skipped.toLocaleString("en")}`,
  );
}

/** A segment is counted before it goes: a writer that ended between has left it. */
function countedAndThere(passage: LanePassage): number {
  const { removing } = passage.removed;
  const isThere = removing !== null && passage.segments.includes(removing);
  return isThere ? entriesIn(passage.fileOf(removing), nodeFileSystem) : 0;
}

function placeIn(starts: readonly SegmentStart[], index: number): Partial<Evidence> {
  const start = starts.findLast((candidate) => candidate.index <= index);
  if (!start) return {};
  const { index: first, ...place } = start;
  return { ...place, line: index - first + 1 };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
