import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { publishLane, sealLane, type Verification, verifyJournal } from "@spoor/core/audit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noTrust } from "../../packages/core/src/audit/verify/trust.ts";
import { bundled } from "./faults/bundled.ts";
import {
  type Ended,
  type Fault,
  faultKinds,
  injection,
  type Thread,
  TracedSealer,
  type Work,
} from "./faults/traced-sealer.ts";
import { publishedIn, wholeEntries } from "./fsck.ts";
import { recordTurns } from "./recorded-turns.ts";

/** Sealed and published before, and what there is to seal: the next seal fills a tile and begins two. */
const before = 250;
const after = 290;
const entries = "segments/0001/entries.ndjson";
const calls: Readonly<Record<Thread, readonly string[]>> = {
  main: ["openat", "write", "rename", "link", "mkdir", "unlink"],
  disk: ["openat", "fdatasync", "fsync"],
};
/** Every how many of all faults: no multiple of their kinds, so that each kind has its turn. */
const stride = process.env["SPOOR_SOAK"] ? 1 : 31;
const atOnce = 2;

let folder = "";
let program = "";
let start: Place;
const spares = new Map<Work, TracedSealer>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "spoor-interop-faults-"));
  program = await bundled("sealer-process", folder);
  start = placeIn(join(folder, "start"));
  await recordTurns(start.dir, 0, before / 2);
  await seal(start);
  await recordTurns(start.dir, before / 2, after / 2);
});

afterAll(() => {
  for (const spare of spares.values()) spare.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A journal, where its log is published, and what was seen of the process that did it. */
interface Place {
  readonly top: string;
  readonly dir: string;
  readonly to: string;
  readonly log: string;
}

function placeIn(top: string): Place {
  return { top, dir: join(top, ".spoor"), to: join(top, "published"), log: join(top, "calls") };
}

function freshPlace(): Place {
  const place = placeIn(mkdtempSync(join(folder, "place-")));
  cpSync(start.top, place.top, { recursive: true });
  return place;
}

async function seal({ dir, to }: Place): Promise<number | undefined> {
  await sealLane("0", { dir });
  return (await publishLane("0", { dir, to }))?.size;
}

const read = ({ dir }: Place, path: string): string =>
  readFileSync(join(dir, "lanes/0", path), "utf8");

/** Where a rotation is cut short, the key that is published may be newer than the checkpoint; whoever had the former one can still read it. */
async function wholeEntriesPublished({ to }: Place): Promise<number | null> {
  const published = publishedIn(join(to, "0"));
  const former = { ...published, keyFile: publishedIn(join(start.to, "0")).keyFile };
  return (await wholeEntries(published)) ?? (await wholeEntries(former));
}

/** Nothing in the journal contradicts what was signed, now or before. */
function verified(place: Place): Verification {
  return verifyJournal(place.dir, { ...noTrust, checkpoints: [read(start, "seal/checkpoint")] });
}

/** While one process is looked at, the next one starts. */
function traced(
  { work, thread }: Pick<Fault, "work" | "thread">,
  expressions: readonly string[],
  place: Place,
): Promise<Ended> {
  const sealer = spares.get(work) ?? new TracedSealer(program, work);
  spares.set(work, new TracedSealer(program, work));
  return sealer.run(thread, expressions, place);
}

/** Every fault of a thread: as many as it makes calls when nothing goes wrong, of each kind. */
async function faultsOf(work: Work, thread: Thread): Promise<readonly Fault[]> {
  const all = [`trace=${calls[thread].join()}`];
  const { code, calls: made } = await traced({ work, thread }, all, freshPlace());
  expect(code).toBe(0);
  return calls[thread].flatMap((call) => {
    const times = made.filter((line) => line.startsWith(`${call}(`)).length;
    expect(times).toBeGreaterThan(0);
    return Array.from({ length: times }, (_, place) =>
      faultKinds.map((kind): Fault => ({ work, thread, call, nth: place + 1, kind })),
    ).flat();
  });
}

/** Whether the fault took place. Fails where it left anything that is not true, or that cannot be gone on with. */
async function survives(fault: Fault): Promise<boolean> {
  const place = freshPlace();
  const ended = await traced(fault, injection(fault), place);
  expect(waysToEnd(fault)).toContain(ended.code ?? ended.signal);
  expect(verified(place).findings).toEqual([]);
  const published = await wholeEntriesPublished(place);
  expect(ended.code === 0 ? [after] : [before, after]).toContain(published);
  if (ended.code === 0 && fault.work === "rotate")
    expect(read(place, "seal/log.vkey")).not.toBe(read(start, "seal/log.vkey"));

  expect(await seal(place)).toBe(after);
  expect(verified(place)).toMatchObject({ findings: [], lanes: [{ signed: after }] });
  expect(await wholeEntries(publishedIn(join(place.to, "0")))).toBe(after);
  expect(read(place, entries)).toBe(read(start, entries));
  rmSync(place.top, { recursive: true });
  return ended.calls.some((line) => /INJECTED|killed by SIGKILL/.test(line));
}

/** Libuv gives up, with SIGABRT, where its threads cannot wake each other, and that is a write as well. */
function waysToEnd({ kind, call }: Fault): readonly (number | string)[] {
  if (kind === "SIGKILL") return ["SIGKILL", 0];
  return call === "write" ? [0, 3, "SIGABRT"] : [0, 3];
}

test.each([
  ["sealing", "seal", "main"],
  ["sealing", "seal", "disk"],
  ["a change of keys", "rotate", "main"],
  ["a change of keys", "rotate", "disk"],
] as const)(
  "whatever call of %s fails or is its last, nothing that was signed is untrue, what is published is whole, and the next seal goes on (%s, %s)",
  async (_, work, thread) => {
    const faults = (await faultsOf(work, thread)).filter((_, place) => place % stride === 0);
    const left = faults.values();
    let hits = 0;
    const workThrough = async (): Promise<void> => {
      for (const fault of left) {
        const isHit = await survives(fault).catch((cause: unknown) => {
          throw new Error(`after ${JSON.stringify(fault)}`, { cause });
        });
        if (isHit) hits += 1;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, workThrough));
    expect(hits).toBeGreaterThan(faults.length * 0.9);
  },
  900_000,
);
