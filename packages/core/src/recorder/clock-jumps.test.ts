import { describe, expect, test } from "vitest";
import type { Journal } from "../journal/journal.ts";
import * as say from "../testing-kit/drafts.ts";
import { failingJournal, steadyJournal } from "../testing-kit/journals.ts";
import { eventsIn } from "../testing-kit/recording.ts";
import { createRecorder } from "./recorder.ts";

const jumpsIn = (journal: Journal): readonly unknown[] =>
  eventsIn(journal).flatMap((event) =>
    event.type === "native.noted" &&
    event.name === "clock.jumped" &&
    typeof event.native === "string"
      ? [journal.reader().find(event.native)?.value]
      : [],
  );

/** A recorder between two clocks that can be moved. */
function between({ journal = steadyJournal(), wall = 1_000_000, steady = 0 } = {}) {
  const clocks = { wall, steady };
  const options = { journal, clock: () => clocks.wall, steady: () => clocks.steady };
  const recorder = createRecorder(options);
  let keys = 0;
  return {
    journal,
    /** Time goes by, the time of day goes its own way, and something is said. */
    after: (steadyMs: number, wallMs: number = steadyMs, session: string = "thread") => {
      clocks.steady += steadyMs;
      clocks.wall += wallMs;
      recorder.emit(say.turn(`turn ${(keys += 1)}`, { session }));
    },
  };
}

describe("a clock that jumps between two entries is noted in the record", () => {
  test("forwards and backwards, once each, with the size", () => {
    const { journal, after } = between();
    after(0);
    after(1_000, 61_000);
    after(1_000);
    after(1_000, -3_600_000);
    after(1_000);
    expect(jumpsIn(journal)).toEqual([
      { byMs: 60_000, fromMs: 1_001_000, toMs: 1_061_000 },
      { byMs: -3_601_000, fromMs: 1_063_000, toMs: -2_538_000 },
    ]);
    const times = eventsIn(journal).map(({ recordedAt }) => recordedAt);
    expect(times).toEqual(times.toSorted((left, right) => left - right));
  });

  test("but not where it is set right by little, and a long silence is no jump", () => {
    const { journal, after } = between();
    after(0);
    after(1_000, 5_900);
    after(1_000, -3_900);
    after(86_400_000);
    expect(jumpsIn(journal)).toEqual([]);
  });

  test("in the session that went on first", () => {
    const { journal, after } = between();
    after(0, 0, "a");
    after(0, 10_000, "b");
    after(0, 0, "a");
    const [note, ...more] = eventsIn(journal).filter(({ type }) => type === "native.noted");
    expect([note?.session, more]).toEqual(["b", []]);
  });

  test("also where the writer before it had another time of day", () => {
    const { journal, after } = between();
    after(0);
    const next = between({ journal, wall: 400_000, steady: 77 });
    next.after(0);
    expect(jumpsIn(journal)).toEqual([{ byMs: -600_000, fromMs: 1_000_000, toMs: 400_000 }]);
    between({ journal, wall: 9_000_000 }).after(0);
    expect(jumpsIn(journal)).toHaveLength(1);
  });

  test("as soon as writing works again", () => {
    const { journal, fails } = failingJournal();
    const { after } = between({ journal });
    after(0);
    fails(true);
    after(1_000, 61_000);
    after(1_000);
    fails(false);
    after(1_000);
    expect(jumpsIn(journal)).toEqual([{ byMs: 60_000, fromMs: 1_001_000, toMs: 1_061_000 }]);
  });
});

test("without a steady clock nobody knows", () => {
  const journal = steadyJournal();
  let now = 1_000;
  const recorder = createRecorder({ journal, clock: () => (now += 60_000) });
  for (const key of ["a", "b"]) recorder.emit(say.turn(key));
  expect(jumpsIn(journal)).toEqual([]);
});
