import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DiskJournalOptions, diskJournal } from "../../journal/disk/disk-journal.ts";
import type { RecorderOptions } from "../../recorder/recorder.ts";
import * as say from "../../testing-kit/drafts.ts";
import { record, tickingClock } from "../../testing-kit/recording.ts";
import { temporaryFolder } from "../../testing-kit/temporary-folder.ts";
import type { EventDraft } from "../../vocabulary/event.ts";
import type { NewKey } from "../keys/lane-key.ts";
import { unsynced } from "../sealer/dying-disk.fixture.ts";
import { sealOnce } from "../sealer/sealed-lanes.fixture.ts";
import { rotateKey, type SealOptions } from "../sealer/seal-lane.ts";
import type { FindingCode, Verification } from "./verification.ts";

/** Sessions of two users and of nobody, each with as many turns. */
export function conversation(turns: number, from: number = 0): readonly EventDraft[] {
  return ["anna@example.com", "bert@example.com", null].flatMap((userId, place) => {
    const session = `thread ${place}`;
    const user = userId === null ? {} : { userId };
    return Array.from({ length: turns }, (_, index) => index + from).flatMap((index) => [
      ...(index === 0 ? [say.sessionStarted({ session, ...user })] : []),
      say.turn(`turn ${index}`, { session, input: `question ${index} of ${place}` }),
      say.model(`call ${index}`, `turn ${index}`, {
        session,
        context: { instructions: "be kind", messages: [`question ${index} of ${place}`] },
      }),
      say.ended("model", `call ${index}`, { session, output: `answer ${index} to ${place} é🦌` }),
      say.ended("turn", `turn ${index}`, { session, output: { said: `answer ${index}` } }),
    ]);
  });
}

interface RecordingOptions extends Pick<RecorderOptions, "redact"> {
  readonly startMs?: number;
  readonly maxContentBytes?: number;
}

/** Records drafts in the first free lane of a folder, with a clock that starts where it is told. */
export async function recordIn(
  dir: string,
  drafts: readonly EventDraft[],
  options: Partial<DiskJournalOptions> & RecordingOptions = {},
): Promise<void> {
  const { startMs = 1_000, maxContentBytes = 1_000, redact, ...journalOptions } = options;
  const journal = diskJournal({ dir, clock: () => startMs, ...journalOptions });
  record(drafts, {
    journal,
    clock: tickingClock(startMs),
    maxContentBytes,
    ...(redact && { redact }),
  });
  await journal.close();
}

/** A lane of two segments with 27 entries, sealed. */
export async function sealedJournal(): Promise<string> {
  const dir = temporaryFolder();
  await recordIn(dir, conversation(2), { segmentBytes: 6_000 });
  await sealOnce(dir);
  return dir;
}

export async function sealAgain(dir: string, options: Partial<SealOptions> = {}): Promise<void> {
  await sealOnce(dir, options);
}

/** Another key each time, of the seeds 1, 2, 3, …; for a log that is called `example.com/spoor/0`. */
export function keysInTurn(): () => NewKey {
  let made = 0;
  return () => ({ name: "example.com/spoor", seed: new Uint8Array(32).fill((made += 1)) });
}

/** Lets the log of lane 0 go on with another key. */
export async function rotate(dir: string, newKey: () => NewKey): Promise<void> {
  const { kind } = await rotateKey("0", { dir, files: unsynced, newKey, clock: () => 0 });
  if (kind !== "sealed") throw new Error(`the lane is ${kind}`);
}

/** Every file, under the folder's name. */
export function filesIn(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .toSorted();
}

export function copyOf(dir: string, to: string): string {
  cpSync(dir, to, { recursive: true });
  return to;
}

export function textOf(dir: string, file: string): string {
  return readFileSync(join(dir, file), "utf8");
}

/** Changes the text of a file. Throws where that changes nothing. */
export function rewrite(dir: string, file: string, change: (text: string) => string): void {
  const before = textOf(dir, file);
  const after = change(before);
  if (after === before) throw new Error(`nothing was changed in ${file}`);
  writeFileSync(join(dir, file), after);
}

export function codesOf({ findings }: Verification): readonly FindingCode[] {
  return [...new Set(findings.map(({ code }) => code))].toSorted();
}

export const saidIn = ({ said }: Verification): readonly string[] => said.map(({ code }) => code);
export const openIn = ({ unchecked }: Verification): readonly string[] =>
  unchecked.map(({ code }) => code);

export const firstSegment = "lanes/0/segments/0001/entries.ndjson";
export const secondSegment = "lanes/0/segments/0002/entries.ndjson";
export const checkpoint = "lanes/0/seal/checkpoint";
export const tile = "lanes/0/seal/tile/0/000.p/27";
export const publicKey = "lanes/0/seal/log.vkey";
