import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeEvidence } from "./evidence.ts";
import { withFlippedBit } from "./flipped-bit.ts";
import { wholeEntries } from "./fsck.ts";

let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "spoor-interop-tessera-"));
  await writeEvidence(folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const found = (): Promise<number | null> =>
  wholeEntries({ url: `file://${folder}/log/`, keyFile: `${folder}/log.vkey` });

test("Tessera finds our published log whole", async () => {
  expect(await found()).toBe(65_836);
});

test.each([
  ["an entry bundle", "tile/entries/255"],
  ["a leaf tile", "tile/0/007"],
  ["a tile above", "tile/1/000"],
  ["the checkpoint", "checkpoint"],
])("Tessera finds a bit that was flipped in %s", async (_, name) => {
  await withFlippedBit(join(folder, "log", name), async () => {
    expect(await found()).toBeNull();
  });
  expect(await found()).toBe(65_836);
});
