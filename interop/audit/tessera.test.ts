import { Buffer } from "node:buffer";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installed } from "../otel/servers/installed.ts";
import { writeEvidence } from "./evidence.ts";

let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "spoor-interop-tessera-"));
  await writeEvidence(folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** It ends with 0 in any case, and with one worker hangs at a wrong tile: only its last words count. */
function isWhole(): boolean {
  const log = `--storage_url=file://${folder}/log/`;
  const key = `--public_key=${folder}/log.vkey`;
  const options = { encoding: "utf8", timeout: 60_000, killSignal: "SIGKILL" } as const;
  const { stderr } = spawnSync(installed("fsck"), [log, key, "--ui=false", "-N=2"], options);
  return stderr.includes("Successfully fsck'd log with size 65836");
}

test("Tessera finds our published log whole", () => {
  expect(isWhole()).toBe(true);
});

test.each([
  ["an entry bundle", "tile/entries/255"],
  ["a leaf tile", "tile/0/007"],
  ["a tile above", "tile/1/000"],
  ["the checkpoint", "checkpoint"],
])("Tessera finds a bit that was flipped in %s", (_, name) => {
  const file = join(folder, "log", name);
  const bytes = readFileSync(file);
  const changed = Buffer.from(bytes);
  changed[40] = (changed[40] ?? 0) ^ 1;
  writeFileSync(file, changed);
  expect(isWhole()).toBe(false);
  writeFileSync(file, bytes);
  expect(isWhole()).toBe(true);
});
