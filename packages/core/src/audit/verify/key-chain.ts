import { join } from "node:path";
import { nodeFileSystem } from "../../journal/disk/file-system.ts";
import { namesIn } from "../../journal/disk/layout.ts";
import { type Epoch, openEpoch } from "../keys/epoch.ts";
import { AuditError } from "../audit-error.ts";
import { openCheckpoint, type OpenedCheckpoint } from "../notes/open-checkpoint.ts";
import { formatVerifierKey, type VerifierKey } from "../notes/verifier-key.ts";
import { epochsFolder, readIfThere } from "../sealer/seal-layout.ts";
import type { Findings } from "./findings.ts";
import type { LanePlace } from "./lane-place.ts";
import { refusalOf } from "./trust.ts";
import { unbelievedCheckpoint } from "./unbelieved-checkpoint.ts";
import type { Evidence } from "./verification.ts";

/** The keys that a log has had, as far as each of them has signed for the next. */
export interface KeyChain {
  /** The present one first. */
  readonly keys: readonly VerifierKey[];
  /** In their order: where each of the others ended. */
  readonly epochs: readonly RecordedEpoch[];
}

/** An epoch, and where its record lies. */
export interface RecordedEpoch extends Epoch {
  readonly file: string;
}

/** Reads the records of a log's epochs. What is none, is missing, or does not join the others is found; only what follows it leads anywhere. */
export function readKeyChain(
  place: LanePlace,
  shown: VerifierKey | null,
  findings: Findings,
): KeyChain {
  const epochs = readRecords(place, findings);
  const last = epochs.at(-1);
  if (!last) return { keys: shown ? [shown] : [], epochs };
  // A rotation may be under way, or have been cut short: its record comes before the key that the log shows.
  if (shown && ![last.former, last.next].some((key) => isSame(key, shown))) {
    const message = `leads to the key ${last.next.id}, and the log shows the key ${shown.id}: a record behind it is missing, or the key is not this log's`;
    findings.find("EPOCH_MISSING", { lane: place.lane, file: last.file }, message);
    return { keys: [shown], epochs: [] };
  }
  return { keys: [last.next, ...epochs.map(({ former }) => former).toReversed()], epochs };
}

/** How many entries the records of epochs tell of, believed or not. */
export function sizeInEpochs({ seal }: LanePlace): number {
  const sizes = recordNames(seal).map((name) => {
    const note = readIfThere(join(epochsFolder(seal), name), nodeFileSystem);
    return (note && unbelievedCheckpoint(note)?.size) ?? 0;
  });
  return Math.max(0, ...sizes);
}

/** Throws an `AuditError` for what none of the keys has signed, or only one that had been followed by another before. */
export function openByChain(
  note: Uint8Array | string,
  { keys, epochs }: KeyChain,
  witnesses: readonly VerifierKey[],
): OpenedCheckpoint {
  const opened = openCheckpoint(note, { log: keys, witnesses, quorum: 0 });
  const { size } = opened.checkpoint;
  const ends = opened.signedBy.map((key) => endOf(key, { keys, epochs }));
  const [end] = ends;
  if (!end || ends.some((each) => each === null || size <= each.size)) return opened;
  throw new AuditError(
    "CHECKPOINT_FOREIGN",
    `it covers ${size} entries, and its key ${end.former.id} was followed by ${end.next.id} at ${end.size}`,
    { fix: "Do not believe it: somebody has a key that is not the log's any more." },
  );
}

/** Null: the note is no record of an epoch. */
export function epochIn(note: Uint8Array): Epoch | null {
  return openedOrRefusal(note).epoch;
}

export function isSame(left: VerifierKey, right: VerifierKey): boolean {
  return formatVerifierKey(left) === formatVerifierKey(right);
}

/** Null: it may sign. */
function endOf(key: VerifierKey, { keys: [present], epochs }: KeyChain): Epoch | null {
  if (present && isSame(present, key)) return null;
  return epochs.findLast(({ former }) => isSame(former, key)) ?? null;
}

/** Those at the end that belong together. */
function readRecords({ lane, seal, nameOf }: LanePlace, findings: Findings): RecordedEpoch[] {
  let joined: RecordedEpoch[] = [];
  let expected = 1;
  for (const name of recordNames(seal)) {
    const path = join(epochsFolder(seal), name);
    const at = { lane, file: nameOf(path) };
    if (Number(name) !== expected) {
      findings.find("EPOCH_MISSING", at, `expected record ${expected} of an epoch before it`);
      joined = [];
    }
    expected = Number(name) + 1;
    const epoch = openRecord(nodeFileSystem.readWhole(path), at, findings);
    const before = joined.at(-1);
    if (epoch && before && !follows(before, epoch)) {
      const message =
        "does not go on from the record before it: with its key, and no fewer entries";
      findings.find("EPOCH_INVALID", at, message);
      joined = [];
    }
    joined = epoch ? [...joined, { ...epoch, file: at.file }] : [];
  }
  return joined;
}

function recordNames(seal: string): readonly string[] {
  return namesIn(epochsFolder(seal))
    .filter((name) => /^\d{4,}$/.test(name))
    .toSorted((left, right) => Number(left) - Number(right));
}

function openRecord(note: Uint8Array, at: Partial<Evidence>, findings: Findings): Epoch | null {
  const { epoch, refusal } = openedOrRefusal(note);
  if (refusal !== null) findings.find("EPOCH_INVALID", at, refusal);
  return epoch;
}

type OpenedRecord =
  | { readonly epoch: Epoch; readonly refusal: null }
  | { readonly epoch: null; readonly refusal: string };

function openedOrRefusal(note: Uint8Array): OpenedRecord {
  try {
    return { epoch: openEpoch(note), refusal: null };
  } catch (error) {
    return { epoch: null, refusal: refusalOf(error) };
  }
}

function follows(before: Epoch, epoch: Epoch): boolean {
  return isSame(before.next, epoch.former) && before.size <= epoch.size;
}
