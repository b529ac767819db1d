import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hashedName } from "../../journal/disk/layout.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import * as evidence from "./evidence.fixture.ts";
import { verifyJournal } from "./verify-journal.ts";

test("a sealed journal is as it was written, and what could not be checked is said", async () => {
  const verification = verifyJournal(await evidence.sealedJournal());
  expect(verification).toMatchObject({
    findings: [],
    said: [],
    lanes: [
      {
        lane: "0",
        origin: "example.com/spoor/0",
        keyFrom: "log",
        entries: 27,
        signed: 27,
        unsealed: 0,
        openTurns: 0,
        values: { whole: 24, changed: 0, withheld: 0, erased: 0, expired: 0, lost: 0, missing: 0 },
      },
    ],
  });
  expect(evidence.openIn(verification)).toEqual([
    "NO_KEY",
    "NO_OUTSIDE_CHECKPOINT",
    "NO_WITNESS",
    "NEVER_RECORDED",
  ]);
});

test("a log of many tiles on two levels is recomputed, and so is one that was sealed in many steps", async () => {
  const dir = temporaryFolder();
  await evidence.recordIn(dir, evidence.conversation(30), { segmentBytes: 20_000 });
  await evidence.sealAgain(dir);
  for (let from = 30; from < 34; from += 1) {
    await evidence.recordIn(dir, evidence.conversation(1, from), { segmentBytes: 20_000 });
    await evidence.sealAgain(dir);
  }
  const { findings, lanes } = verifyJournal(dir);
  expect(findings).toEqual([]);
  expect(lanes[0]?.signed).toBe(3 * (34 * 4 + 1));
});

describe("what was changed is named with its place", () => {
  test("an entry, with its segment and line", async () => {
    const dir = await evidence.sealedJournal();
    evidence.rewrite(dir, evidence.secondSegment, (text) => text.replace("turn 1", "turn 7"));
    const line =
      1 +
      evidence
        .textOf(dir, evidence.secondSegment)
        .split("\n")
        .findIndex((text) => text.includes("turn 7"));
    const { findings } = verifyJournal(dir);
    expect(findings.map(({ code }) => code)).toEqual(["ROOT_DIFFERS", "ENTRY_CHANGED"]);
    expect(findings[1]).toMatchObject({
      lane: "0",
      segment: 2,
      file: evidence.secondSegment,
      line,
    });
  });

  test("a tile, where the entries make the root that was signed", async () => {
    const dir = await evidence.sealedJournal();
    const bytes = readFileSync(join(dir, evidence.tile));
    writeFileSync(join(dir, evidence.tile), bytes.fill(0, 32, 64));
    expect(verifyJournal(dir).findings).toMatchObject([
      { code: "TILE_CHANGED", file: evidence.tile },
    ]);
    truncateSync(join(dir, evidence.tile), 100);
    expect(evidence.codesOf(verifyJournal(dir))).toEqual(["TILE_CHANGED"]);
    rmSync(join(dir, evidence.tile));
    expect(verifyJournal(dir).findings).toMatchObject([
      { code: "TILE_MISSING", file: evidence.tile },
    ]);
  });

  test("a value, with its line", async () => {
    const dir = await evidence.sealedJournal();
    const file = `lanes/0/segments/0001/content/${hashedName("anna@example.com")}.ndjson`;
    evidence.rewrite(dir, file, (text) => text.replace("question 0", "question 9"));
    const { findings } = verifyJournal(dir);
    expect(findings).toMatchObject([{ code: "VALUE_CHANGED", segment: 1, file, line: 2 }]);
    expect(verifyJournal(dir).lanes[0]?.values).toMatchObject({
      whole: 23,
      changed: 1,
      missing: 0,
    });
  });

  test("a whole line, from where it is missing on", async () => {
    const dir = await evidence.sealedJournal();
    evidence.rewrite(dir, evidence.firstSegment, (text) =>
      text.split("\n").toSpliced(3, 1).join("\n"),
    );
    const { findings } = verifyJournal(dir);
    expect(findings[0]).toMatchObject({
      code: "SEQUENCE_BROKEN",
      line: 4,
      message: "expected sequence 3, received 4: 1 entry before it is missing",
    });
    expect(findings).toContainEqual(expect.objectContaining({ code: "ENTRY_CHANGED", line: 4 }));
    expect(evidence.codesOf(verifyJournal(dir))).toContain("ENTRIES_MISSING");
  });

  test("an entry that is no event, and one that says it was recorded before the one before it", async () => {
    const dir = temporaryFolder();
    await evidence.recordIn(dir, evidence.conversation(1));
    const lines = evidence.textOf(dir, evidence.firstSegment).split("\n");
    evidence.rewrite(dir, evidence.firstSegment, () =>
      [
        lines[0],
        "{",
        lines[2]?.replace(/"recordedAt":\d+/, '"recordedAt":1'),
        ...lines.slice(3),
      ].join("\n"),
    );
    const { findings } = verifyJournal(dir);
    expect(findings.map(({ code, line }) => [code, line])).toEqual([
      ["LINE_UNREADABLE", 2],
      ["TIME_BACKWARDS", 3],
    ]);
  });

  test("damage that is everywhere is listed in part, and counted", async () => {
    const dir = temporaryFolder();
    await evidence.recordIn(dir, evidence.conversation(8));
    evidence.rewrite(dir, evidence.firstSegment, (text) => text.replaceAll('"v":1', '"v":9'));
    const { findings, unlisted } = verifyJournal(dir);
    expect([findings.length, unlisted]).toEqual([20, 3 * 33 - 20]);
  });
});
