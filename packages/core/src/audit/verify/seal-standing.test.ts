import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import * as evidence from "./evidence.fixture.ts";
import { sealStanding } from "./seal-standing.ts";

test("a glance at a seal tells how far it goes, and since when", async () => {
  const dir = await evidence.sealedJournal();
  expect(sealStanding(dir, "0")).toEqual({
    origin: "example.com/spoor/0",
    size: 27,
    writtenAt: expect.any(Number),
    problems: [],
    keyIsExposed: false,
  });
  chmodSync(join(dir, "lanes/0/seal/key"), 0o640);
  expect(sealStanding(dir, "0").keyIsExposed).toBe(true);
});

test("one that its own key has not signed, or that is older than the sealer knows, is a problem", async () => {
  const dir = await evidence.sealedJournal();
  evidence.rewrite(dir, evidence.checkpoint, (text) => text.replace("\n27\n", "\n26\n"));
  expect(sealStanding(dir, "0").problems).toEqual([
    expect.stringContaining("27 were sealed"),
    expect.stringContaining("is not by that key"),
  ]);
  writeFileSync(join(dir, evidence.checkpoint), "torn");
  expect(sealStanding(dir, "0")).toMatchObject({ size: null, problems: [expect.any(String)] });
});

test("where there is no seal there is nothing to tell", async () => {
  const dir = temporaryFolder();
  await evidence.recordIn(dir, evidence.conversation(1));
  expect(sealStanding(dir, "0")).toMatchObject({ origin: null, size: null, problems: [] });
});
