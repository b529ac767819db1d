import { Buffer } from "node:buffer";
import { closeSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ended, sessionStarted, turn } from "../../testing-kit/drafts.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import { sealOnce } from "../sealer/sealed-lanes.fixture.ts";
import {
  conversation,
  filesIn,
  keysInTurn,
  recordIn,
  rotate,
  secondSegment,
} from "./evidence.fixture.ts";
import { verifyJournal } from "./verify-journal.ts";

/** Files that are no evidence: nothing that a verifier says rests on them. */
const noEvidence: readonly (readonly [name: string, files: RegExp])[] = [
  ["only keeps the folder out of a repository", /^\.gitignore$/],
  ["who writes or seals at this moment", /(^|\/)lock\.\d+$/],
  ["the private key: whoever verifies needs it as little as they should have it", /\/seal\/key$/],
  ["where the sealer goes on, which it finds by counting as well", /\/seal\/last\.json$/],
];

/** Bytes in evidence that no reference and no hash covers. */
const uncovered: readonly (readonly [name: string, bytes: RegExp])[] = [
  [
    "how long a value was before it was cut: the text itself says that and where it was cut",
    /(?<="cutFrom":)\d+/g,
  ],
];

const about = { session: "thread 0" };
/** A subject that has a name, another that is its session, and a value that is cut. */
const little = [
  sessionStarted({ ...about, userId: "anna@example.com" }),
  turn("long", { ...about, input: "why?" }),
  ended("turn", "long", { ...about, output: "so ".repeat(60) }),
  turn("short", { session: "thread 2", input: "é🦌" }),
  ended("turn", "short", { session: "thread 2", output: { said: "no" } }),
];

/** The same in a soak, and all kinds of entries as well. */
const isSoak = process.env["SPOOR_SOAK"] !== undefined;
const drafts = isSoak
  ? [...conversation(1).filter(({ session }) => session !== "thread 1"), ...little]
  : little;

const patienceMs = 300_000;

test(
  "any single byte that is changed in any piece of evidence is found, but for those that are shown to be irrelevant",
  { timeout: patienceMs },
  async () => {
    const dir = await smallLog(isSoak ? 3 : 2);
    const unnoticed: string[] = [];
    const used = new Set<string>();
    let flipped = 0;
    for (const file of filesIn(dir)) {
      const reason = noEvidence.find(([, files]) => files.test(file));
      if (reason) used.add(reason[0]);
      else
        for (const position of positionsIn(dir, file, used)) {
          flipped += 1;
          if (!isNoticed(dir, file, position)) unnoticed.push(`${file} at byte ${position}`);
        }
    }
    expect(unnoticed).toEqual([]);
    expect(flipped).toBeGreaterThan(isSoak ? 7_000 : 3_000);
    // A reason that nothing needs is no reason.
    expect(used.size).toBe(noEvidence.length + uncovered.length);
  },
);

test("any piece of evidence that is gone, or cut in half, is found", async () => {
  const dir = await smallLog(3);
  const evidence = filesIn(dir).filter((file) => !noEvidence.some(([, files]) => files.test(file)));
  const unnoticed = evidence.flatMap((file) => {
    const path = join(dir, file);
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, Math.floor(whole.length / 2)));
    const isCutNoticed = verifyJournal(dir).findings.length > 0;
    rmSync(path);
    const isLossNoticed = verifyJournal(dir).findings.length > 0;
    writeFileSync(path, whole);
    return isCutNoticed && isLossNoticed ? [] : [file];
  });
  expect(unnoticed).toEqual([]);
  expect(verifyJournal(dir).findings).toEqual([]);
});

/** Two segments, two subjects, a value that was cut, and a key for each epoch. */
async function smallLog(epochs: number): Promise<string> {
  const dir = temporaryFolder();
  await recordIn(dir, drafts, { segmentBytes: isSoak ? 4_000 : 1_200, maxContentBytes: 120 });
  const newKey = keysInTurn();
  await sealOnce(dir, { newKey });
  for (let epoch = 1; epoch < epochs; epoch += 1) await rotate(dir, newKey);
  expect(verifyJournal(dir).findings).toEqual([]);
  expect(filesIn(dir)).toContain(secondSegment);
  return dir;
}

/** All bytes of a file that something covers. */
function positionsIn(dir: string, file: string, used: Set<string>): readonly number[] {
  const text = readFileSync(join(dir, file), "latin1");
  const left = new Set(Buffer.from(text, "latin1").keys());
  for (const [name, bytes] of file.includes("/content/") ? uncovered : [])
    for (const { index, 0: found } of text.matchAll(bytes)) {
      used.add(name);
      for (let position = index; position < index + found.length; position += 1)
        left.delete(position);
    }
  return [...left];
}

/** Changes a byte, by another value at each place, and puts it back. */
function isNoticed(dir: string, file: string, position: number): boolean {
  const fd = openSync(join(dir, file), "r+");
  const byte = readFileSync(fd)[position] ?? 0;
  try {
    writeSync(fd, Buffer.of(byte ^ (1 + (position % 255))), 0, 1, position);
    return verifyJournal(dir).findings.length > 0;
  } finally {
    writeSync(fd, Buffer.of(byte), 0, 1, position);
    closeSync(fd);
  }
}
