import { expect, test } from "vitest";
import type { FileCounts } from "./file-counts.ts";
import type { Step } from "./read-recording.ts";
import { type OpenReading, readTogether } from "./read-together.ts";

const counts: FileCounts = { lines: 0, unknown: 0, malformed: 0, torn: false, sessions: [] };

interface Told {
  readonly reading: OpenReading;
  outcome: string;
}

/** A file with a line at each of these times. */
function fileWith(times: string, problem?: Error): Told {
  function* steps(): Generator<Step, FileCounts> {
    for (const [index, time] of times.split("").entries())
      yield { drafts: [], time, bytes: index + 1 };
    if (problem) throw problem;
    return counts;
  }
  const told: Told = {
    outcome: "reading",
    reading: {
      steps: steps(),
      finished: () => (told.outcome = "finished"),
      failed: () => (told.outcome = "failed"),
    },
  };
  return told;
}

const timesOf = (files: readonly Told[]): string =>
  Array.from(readTogether(files.map(({ reading }) => reading)), ({ time }) => time).join("");

test("files are read in the order of time, and each in its own", () => {
  expect(timesOf([fileWith("1359"), fileWith("2468")])).toBe("12345689");
  expect(timesOf([fileWith("92"), fileWith("5")])).toBe("592");
});

test("at the same time the first file comes first", () => {
  const steps = readTogether([fileWith("11").reading, fileWith("1").reading]);
  expect(Array.from(steps, ({ bytes }) => bytes)).toEqual([1, 2, 1]);
});

test("a file that fails costs the others nothing", () => {
  const files = [fileWith("14"), fileWith("2", new Error("gone")), fileWith("", new Error("bad"))];
  expect(timesOf(files)).toBe("124");
  expect(files.map(({ outcome }) => outcome)).toEqual(["finished", "failed", "failed"]);
});

test("a file is finished only when its last line was passed on", () => {
  const file = fileWith("1");
  const steps = readTogether([file.reading]);
  steps.next();
  expect(file.outcome).toBe("reading");
  steps.next();
  expect(file.outcome).toBe("finished");
});
