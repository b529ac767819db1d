import { Buffer } from "node:buffer";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createObserver, type Observer } from "@spoor/core";
import { audit } from "@spoor/core/audit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { treeRoot } from "../../packages/core/src/audit/merkle/node-reader.ts";
import type { TreeHead } from "../../packages/core/src/audit/merkle/tree-head.ts";
import { parseVerifierKey } from "../../packages/core/src/audit/notes/verifier-key.ts";
import { wholeEntries } from "./fsck.ts";
import { askGo } from "./journal-evidence.ts";
import { type PublishedLog, readPublished } from "./published-log.ts";
import { spoor, spoorJson } from "./spoor-command.ts";

const recorded = (path: string): string =>
  fileURLToPath(new URL(`../../packages/claude-code/src/${path}`, import.meta.url));
const transcripts = recorded("transcript/fixtures");
const subagent = join(transcripts, "e-subagent.native.ndjson");
const streams = recorded("fixtures");

interface SealedLane {
  readonly lane: string;
  readonly entries: number;
  readonly key: string;
  readonly formerKey: string | null;
}

let folder = "";
let cwd = "";
let observer: Observer | null = null;
const promised = new Map<string, TreeHead[]>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "spoor-interop-journal-"));
  cwd = join(folder, "work");
  mkdirSync(cwd);
});

afterAll(async () => {
  await observer?.close();
  rmSync(folder, { recursive: true, force: true });
});

const publishedFolder = (lane: string): string => join(folder, "published", lane);

/** The whole lines of a lane, as they lie in the journal. */
function linesOf(lane: string): readonly string[] {
  const segments = join(cwd, ".spoor/lanes", lane, "segments");
  return readdirSync(segments)
    .toSorted()
    .flatMap((segment) =>
      readFileSync(join(segments, segment, "entries.ndjson"), "utf8")
        .split("\n")
        .slice(0, -1),
    );
}

async function observe(turns: number): Promise<void> {
  observer ??= createObserver({ journal: audit({ dir: join(cwd, ".spoor"), everyMs: 50 }) });
  const session = observer.session({ id: "live" });
  for (let number = 0; number < turns; number += 1)
    await session.turn({ name: `turn ${number}` }, () => setImmediate(`answer ${number}`));
  await observer.flush();
}

/** How many entries Tessera finds whole, if it believes this key. */
function foundWith(lane: string, vkey: string): Promise<number | null> {
  const keyFile = join(folder, `${lane}.vkey`);
  writeFileSync(keyFile, vkey);
  return wholeEntries({ url: `file://${publishedFolder(lane)}/`, keyFile });
}

async function endObserving(): Promise<void> {
  await observer?.close();
  observer = null;
}

/** For each lane that was published, everybody's opinion of it: Tessera's, Go's, ours, and that of the command. */
async function everybodyAgrees({ lane, entries, key: vkey }: SealedLane): Promise<void> {
  const published = publishedFolder(lane);
  expect(await foundWith(lane, vkey)).toBe(entries);

  const key = parseVerifierKey(vkey);
  const log = readPublished(published, key);
  const lines = linesOf(lane);
  expect(log.checkpoint.size).toBe(lines.length);
  expect(log.entries.map((entry) => Buffer.from(entry).toString())).toEqual(lines);

  const earlier = promised.get(lane) ?? [];
  for (const { size, root } of earlier) expect(treeRoot(size, log.nodes)).toBe(root);
  const proofs = await proofsOf(log, vkey);
  const asked = mkdtempSync(join(folder, "asked-"));
  const sizes = new Set([...earlier, log.checkpoint].map(({ size }) => size)).size;
  expect(askGo(asked, { published, log, key, earlier, proofs })).toContain(
    `ok: a log of ${entries}; 2 inclusion sound, 6 broken; ${sizes} consistency sound, `,
  );
  promised.set(lane, [...earlier, log.checkpoint]);
}

/** Of an entry in the middle and of the newest, as the command hands them out; it also looks at one from outside. */
async function proofsOf({ entries }: PublishedLog, vkey: string): Promise<readonly string[]> {
  const places = [Math.floor(entries.length / 2), entries.length - 1];
  const files = places.map((place) => join(folder, `${place}.tlog-proof`));
  await Promise.all(
    places.map((place, which) => {
      const { id } = JSON.parse(Buffer.from(entries[place] ?? []).toString());
      return spoorJson(cwd, "prove", String(id), "--out", files[which] ?? "");
    }),
  );
  const [file = ""] = files;
  expect(await spoor(cwd, "verify-proof", file, "--key", vkey)).toMatchObject({ code: 0 });
  return files.map((path) => readFileSync(path, "utf8"));
}

const imported = (recordings: string) => () => spoorJson(cwd, "import", "claude-code", recordings);

interface Step {
  readonly what: string;
  readonly record: () => Promise<unknown>;
  readonly options?: readonly string[];
  readonly lanes: readonly string[];
}

const steps: readonly Step[] = [
  { what: "a recording that was imported", record: imported(subagent), lanes: ["0"] },
  { what: "more recordings", record: imported(transcripts), lanes: ["0"] },
  {
    what: "an observer that records and seals, and an import beside it in another lane",
    record: () => Promise.all([observe(300), imported(streams)()]),
    lanes: ["0", "1"],
  },
  { what: "another key", record: endObserving, options: ["--new-key"], lanes: ["0", "1"] },
  {
    what: "what was recorded since",
    record: () => observe(40).then(endObserving),
    lanes: ["0", "1"],
  },
];

test.each(steps)(
  "$what: Tessera, Go and our verifier find the published log whole",
  async ({ record, options = [], lanes }) => {
    await record();
    const seal = ["seal", "--publish", "../published", ...options];
    const sealed = (await spoorJson<{ readonly lanes: readonly SealedLane[] }>(cwd, ...seal)).lanes;
    expect(sealed.map(({ lane }) => lane)).toEqual(lanes);
    for (const lane of sealed) {
      expect(lane.formerKey).toEqual(options.length > 0 ? expect.any(String) : null);
      await everybodyAgrees(lane);
      if (lane.formerKey !== null) expect(await foundWith(lane.lane, lane.formerKey)).toBeNull();
    }
    const keys = sealed.map(({ key }) => key).join(",");
    expect(await spoor(cwd, "verify", "--key", keys)).toMatchObject({ code: 0 });
  },
);
