import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { publishLane, sealLane } from "@spoor/core/audit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseVerifierKey } from "../../packages/core/src/audit/notes/verifier-key.ts";
import { installed } from "../otel/servers/installed.ts";
import { writeEvidence } from "./evidence.ts";
import { withFlippedBit } from "./flipped-bit.ts";
import { publishedIn, wholeEntries } from "./fsck.ts";
import { readPublished } from "./published-log.ts";
import { recordTurns } from "./recorded-turns.ts";
import { serveFiles, type StaticFiles } from "./static-files.ts";

let folder = "";
const hosts: StaticFiles[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "spoor-interop-mirror-"));
});

afterAll(() => {
  for (const host of hosts) host.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Every file below a folder, under its path there. */
function filesIn(top: string): ReadonlyMap<string, string> {
  const files = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(top, path), readFileSync(path, "hex")] as const)
      .toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** Where a log is hosted from now on. */
async function hosted(log: string): Promise<string> {
  const host = await serveFiles(log);
  hosts.push(host);
  return host.url;
}

async function mirror(url: string, copy: string): Promise<ReadonlyMap<string, string>> {
  const args = [`--source_url=${url}`, `--storage_dir=${copy}`];
  await promisify(execFile)(installed("mirror"), args);
  return filesIn(copy);
}

test("Tessera's mirror of a large log behind a host of static files has just the same files; over HTTP the log is whole, and a flipped bit is found", async () => {
  await writeEvidence(folder);
  const log = join(folder, "log");
  const url = await hosted(log);
  const ours = filesIn(log);
  expect(ours.size).toBeGreaterThan(500);
  expect(await mirror(url, join(folder, "copy"))).toEqual(ours);

  const place = { url, keyFile: join(folder, "log.vkey") };
  expect(await wholeEntries(place)).toBe(65_836);
  await withFlippedBit(join(log, "tile/0/100"), async () => {
    expect(await wholeEntries(place)).toBeNull();
  });
});

test("a journal that is published and mirrored again and again has a whole copy each time", async () => {
  const dir = join(folder, "journal");
  const to = join(folder, "published");
  const copy = join(folder, "growing-copy");
  const published = join(to, "0");
  let recorded = 0;
  let url: string | null = null;
  for (const turns of [50, 100, 200]) {
    await recordTurns(dir, recorded, turns);
    recorded = turns;
    await sealLane("0", { dir });
    await publishLane("0", { dir, to });
    url ??= await hosted(published);
    const ours = filesIn(published);
    for (const [name, bytes] of await mirror(url, copy)) expect(bytes).toBe(ours.get(name));

    const { keyFile } = publishedIn(published);
    const key = parseVerifierKey(readFileSync(keyFile, "utf8").trimEnd());
    expect(readPublished(copy, key).entries).toHaveLength(2 * turns);
    for (const place of [url, publishedIn(copy).url])
      expect(await wholeEntries({ url: place, keyFile })).toBe(2 * turns);
  }
});
