import * as fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createRecorder } from "../recorder/recorder.ts";
import * as say from "../testing-kit/drafts.ts";
import { eventsIn, tickingClock } from "../testing-kit/recording.ts";
import { temporaryFolder } from "../testing-kit/temporary-folder.ts";
import { diskJournal } from "./disk/disk-journal.ts";
import { hashedName } from "./disk/layout.ts";
import { beginning, type Journal } from "./journal.ts";
import { memoryJournal } from "./memory-journal.ts";

const segmentBytes = 4_000;

type Step =
  | { readonly kind: "say"; readonly who: number }
  | { readonly kind: "erase"; readonly who: number }
  | { readonly kind: "begin" | "thin" | "remove"; readonly which: number };

const people = ["anna@example.com", "bert@example.com", null];
const who = fc.nat(people.length - 1);
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.record({ kind: fc.constant("say" as const), who }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("erase" as const), who }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom("begin" as const, "thin", "remove"),
        which: fc.nat(5),
      }),
    },
  ),
  { maxLength: 60 },
);

interface Said {
  readonly who: number;
  readonly text: string;
  readonly segment: number;
  isThere: boolean;
}

const sessionOf = (person: number): string => `thread ${person}`;
const subjectOf = (person: number): string => hashedName(people[person] ?? sessionOf(person));

/** Does what the steps say, and looks after each of them whether just what is to be there can be read. */
async function follow(journal: Journal, script: readonly Step[]): Promise<void> {
  const recorder = createRecorder({ journal, clock: tickingClock() });
  const { reduction } = journal;
  const said: Said[] = [];
  const gone = (isGone: (one: Said) => boolean): void => {
    for (const one of said) if (isGone(one)) one.isThere = false;
  };
  for (const [number, step] of script.entries()) {
    const complete = reduction.segments().map((segment) => segment.number);
    if (step.kind === "say") {
      const userId = people[step.who];
      const text = `said ${number} by ${step.who} ${"é".repeat(200)}`;
      const session = sessionOf(step.who);
      recorder.emit(
        say.turn(`turn ${number}`, { session, input: text, ...(userId ? { userId } : {}) }),
      );
      said.push({ who: step.who, text, segment: journal.end.segment, isThere: true });
    } else if (step.kind === "erase") {
      const subject = subjectOf(step.who);
      expect(await reduction.erase({ subject, sessions: [], lookedTo: beginning })).toBe(true);
      gone((one) => one.who === step.who);
    } else if (step.kind === "begin") expect(reduction.beginSegment()).toBe(true);
    else {
      const segment = complete[step.which % Math.max(1, complete.length)];
      const sessions = people.map((_, person) => sessionOf(person));
      const isTaken = await reduction[step.kind](segment ?? 99, { sessions });
      expect(isTaken).toBe(segment !== undefined);
      gone((one) => one.segment === segment);
    }
    mustHold(journal, said);
  }
}

function mustHold(journal: Journal, said: readonly Said[]): void {
  const reader = journal.reader();
  const events = eventsIn(journal);
  const values = new Map<string, unknown>();
  for (const event of events)
    if (event.type === "turn.started" && typeof event.input === "string")
      values.set(event.key, reader.find(event.input)?.value ?? null);
  const readable = [...values.values()].filter((value) => value !== null);
  expect(readable).toEqual(said.filter(({ isThere }) => isThere).map(({ text }) => text));
  const { removed, lost, lostContent } = journal.health();
  expect(events.length + removed).toBe(journal.tail.sequence + 1);
  expect({ lost, lostContent }).toEqual({ lost: 0, lostContent: 0 });
}

const journals: readonly {
  readonly name: string;
  readonly open: (dir: string) => Journal;
  readonly runs: number;
}[] = [
  { name: "in memory", open: () => memoryJournal({ segmentBytes }), runs: 300 },
  ...(["memory", "process", "disk"] as const).map((acknowledge) => ({
    name: `on disk, acknowledged by ${acknowledge}`,
    open: (dir: string) => diskJournal({ dir, acknowledge, segmentBytes, clock: () => 1_000 }),
    runs: 40,
  })),
];

describe.each(journals)("a journal $name", ({ open, runs }) => {
  test("holds what was said and not taken out, and nothing else, in whatever order it is asked", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const dir = mkdtempSync(join(tmpdir(), "spoor-reduction-"));
        try {
          const journal = open(dir);
          await follow(journal, script);
          await journal.close();
        } finally {
          rmSync(dir, { recursive: true });
        }
      }),
      { numRuns: runs },
    );
  });

  test("says behind all that it speaks of what goes, of each session that is concerned and of no other", async () => {
    const journal = open(temporaryFolder());
    const recorder = createRecorder({ journal, clock: tickingClock() });
    const user = { userId: "anna@example.com" };
    recorder.emit(say.turn("one", { session: "a", ...user, input: "x" }));
    recorder.emit(say.turn("two", { session: "b", ...user, input: "y" }));
    recorder.emit(say.turn("three", { session: "c", input: "z" }));
    const before = journal.keyOf("anna@example.com");
    const subject = hashedName("anna@example.com");
    const reason = "ticket 17";
    await journal.reduction.erase({ subject, sessions: ["b"], lookedTo: beginning, reason });
    const about = { type: "record.reduced", what: "content", why: "erasure", reason };
    const told = eventsIn(journal).slice(3);
    expect(told.map(({ session }) => session).toSorted()).toEqual(["a", "b"]);
    for (const event of told) expect(event).toMatchObject(about);
    expect(journal.keyOf("anna@example.com")).not.toEqual(before);

    const [segment] = journal.reduction.segments();
    expect(await journal.reduction.thin(segment?.number ?? 0, { sessions: ["c"] })).toBe(true);
    expect(eventsIn(journal).at(-1)).toMatchObject({
      session: "c",
      what: "content",
      why: "retention",
      segment: segment?.number,
    });
    await journal.close();
  });

  test("takes nothing out that it cannot say", async () => {
    const journal = open(temporaryFolder());
    createRecorder({ journal, clock: tickingClock() }).emit(say.turn("one", { input: "x" }));
    journal.reduction.beginSegment();
    journal.reduction.speakThrough(() => {});
    const subject = hashedName(say.session);
    expect(await journal.reduction.thin(1, { sessions: [say.session] })).toBe(false);
    expect(await journal.reduction.remove(1, { sessions: [say.session] })).toBe(false);
    expect(await journal.reduction.erase({ subject, sessions: [], lookedTo: beginning })).toBe(
      false,
    );
    const [event] = eventsIn(journal);
    const input = event?.type === "turn.started" ? event.input : undefined;
    expect(typeof input === "string" && journal.reader().find(input)?.value).toBe("x");
    await journal.close();
  });
});
