import * as fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRecorder } from "../../recorder/recorder.ts";
import * as say from "../../testing-kit/drafts.ts";
import { journalWith } from "../../testing-kit/journals.ts";
import { eventsIn, tickingClock } from "../../testing-kit/recording.ts";
import { runs } from "../../testing-kit/runs.ts";
import type { ContentRef, EventDraft } from "../../vocabulary/event.ts";
import { isRecord } from "../../vocabulary/json.ts";
import type { Journal } from "../journal.ts";
import { diskJournal } from "./disk-journal.ts";
import { type DiskCall, type Fault, faultyDisk } from "./faulty-disk.fixture.ts";

const calls: readonly DiskCall[] = [
  ...(["open", "openToRead", "size", "read", "write", "truncate", "close", "makeFolder"] as const),
  ...(["readWhole", "exists", "create", "rename", "remove", "syncData", "syncFolder"] as const),
];

const fault: fc.Arbitrary<Fault> = fc.record({
  call: fc.oneof(
    fc.constantFrom(...calls),
    fc.constantFrom<DiskCall[]>("write", "open", "truncate"),
  ),
  code: fc.constantFrom("EIO", "ENOSPC", "EROFS", "EMFILE"),
  first: fc.nat({ max: 4 }),
  times: fc.constantFrom(1, 2, 5, 1_000),
  afterBytes: fc.constantFrom(0, 0, 1, 40),
});

type Step = (n: number) => EventDraft;

const about = { session: "one" };
const step: fc.Arbitrary<Step> = fc.constantFrom<Step[]>(
  (n) => say.turn(`${n}`, { ...about, input: `said ${n % 3} ${"é".repeat(n * 7)}` }),
  (n) => say.turn(`${n}`, { session: "two", input: `said ${n}` }),
  (n) => say.model(`${n}`, "1", { ...about, context: { messages: messages.slice(0, n) } }),
  (n) => say.ended("turn", `${n - 1}`, { ...about, output: { text: "x".repeat(400) } }),
  (n) => say.handoff(null, `${n}`, { session: "three" }),
);
const messages = Array.from({ length: 30 }, (_, n) => ({ role: "user", content: `message ${n}` }));

interface Case {
  readonly faults: readonly Fault[];
  readonly before: readonly Step[];
  readonly during: readonly Step[];
  readonly acknowledge: "process" | "disk";
  readonly maxBytes: number | null;
}

const cases: fc.Arbitrary<Case> = fc.record({
  faults: fc.array(fault, { minLength: 2, maxLength: 4 }),
  before: fc.array(step, { maxLength: 3 }),
  during: fc.array(step, { minLength: 1, maxLength: 9 }),
  acknowledge: fc.constantFrom("process", "disk"),
  maxBytes: fc.constantFrom(null, 6_000),
});

/** What a journal has answered. */
interface Answers {
  readonly appended: string[];
  readonly refused: string[];
  readonly stored: Set<ContentRef>;
  notStored: number;
}

function listeningTo(journal: Journal, answers: Answers): Journal {
  return journalWith(journal, {
    append(entry, tail) {
      const position = journal.append(entry, tail);
      (position ? answers.appended : answers.refused).push(entry);
      return position;
    },
    store(subject, ref, json, cutFrom) {
      const stored = journal.store(subject, ref, json, cutFrom);
      if (stored) answers.stored.add(ref);
      else answers.notStored += 1;
      return stored;
    },
  });
}

const linesIn = (journal: Journal): readonly string[] =>
  Array.from(journal.reader().entries(), ({ line }) => line);

/** What the notes in the record say was lost; null: the numbers of one were lost themselves. */
function lostAsNoted(journal: Journal): number | null {
  const reader = journal.reader();
  let lost = 0;
  for (const event of eventsIn(journal)) {
    if (event.type !== "native.noted" || event.name !== "journal.gap") continue;
    const numbers = typeof event.native === "string" ? reader.find(event.native)?.value : null;
    if (!isRecord(numbers)) return null;
    lost += Number(numbers["lost"]);
  }
  return lost;
}

async function holds({ faults, before, during, acknowledge, maxBytes }: Case): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), "spoor-faults-"));
  try {
    const disk = faultyDisk();
    let now = 0;
    const options = { dir, acknowledge, segmentBytes: 1_500, maxBytes };
    const inner = diskJournal({ ...options, clock: () => (now += 400) }, disk.files);
    const answers: Answers = { appended: [], refused: [], stored: new Set(), notStored: 0 };
    const journal = listeningTo(inner, answers);
    const recorder = createRecorder({ journal, clock: tickingClock() });
    const isReadable = (): void => {
      const there = linesIn(journal);
      if (maxBytes === null) expect(there).toEqual(answers.appended);
      else expect(answers.appended).toEqual(expect.arrayContaining([...there]));
      expect(there.length).toBeGreaterThanOrEqual(
        answers.appended.length - journal.health().removed,
      );
      expect(journal.health()).toMatchObject({
        entries: answers.appended.length,
        lost: answers.refused.length,
        lostContent: answers.notStored,
      });
    };

    let n = 0;
    for (const draft of before) recorder.emit(draft((n += 1)));
    disk.arm(faults);
    for (const draft of during) {
      recorder.emit(draft((n += 1)));
      if (n % 3 === 0) isReadable();
    }
    await journal.flush();
    isReadable();
    const failed = disk.failed();
    disk.arm([]);

    const { segment } = journal.end;
    while (journal.end.segment === segment)
      recorder.emit(say.turn(`${(n += 1)}`, { session: "four", input: "again ".repeat(40) }));
    isReadable();
    expect(recorder.health().refused).toBe(0);
    const noted = lostAsNoted(journal);
    const { lost, removed } = journal.health();
    if (maxBytes === null) {
      if (noted !== null) expect(noted).toBe(lost);
      else expect(answers.notStored).toBeGreaterThan(0);
      for (const ref of answers.stored) expect(journal.reader().find(ref)).not.toBeNull();
    } else expect(linesIn(journal).length).toBe(answers.appended.length - removed);
    const sequences = eventsIn(journal).map(({ sequence }) => sequence);
    expect(sequences.at(-1)).toBe(answers.appended.length - 1);

    const keys = ["one", "two", "three"].map((subject) => journal.keyOf(subject));
    await journal.flush();
    expect(journal.health().failure).toBeNull();
    await journal.close();
    expect(disk.open()).toBe(0);
    const heir = diskJournal(options);
    expect(heir.lane).toBe(inner.lane);
    expect(heir.tail).toEqual(inner.tail);
    expect(heir.health()).toMatchObject({ removed, lost: 0 });
    expect(["one", "two", "three"].map((subject) => heir.keyOf(subject))).toEqual(keys);
    await heir.close();
    return failed;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

test("whatever the disk refuses, and for how long: no call throws, what was answered is so, and the loss is exact and noted", async () => {
  let failed = 0;
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      if ((await holds(one)) > 0) failed += 1;
    }),
    { numRuns: runs(1_300) },
  );
  expect(failed).toBeGreaterThan(runs(1_000));
}, 120_000);
