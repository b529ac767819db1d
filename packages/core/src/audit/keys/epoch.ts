import type { FileSystem } from "../../journal/disk/file-system.ts";
import { namesIn } from "../../journal/disk/layout.ts";
import { AuditError } from "../audit-error.ts";
import type { TreeHead } from "../merkle/tree-head.ts";
import { formatCheckpoint, parseCheckpoint } from "../notes/checkpoint.ts";
import { openNote } from "../notes/open-note.ts";
import { parseNote } from "../notes/signed-note.ts";
import {
  type VerifierKey,
  formatVerifierKey,
  isSameKey,
  parseVerifierKey,
} from "../notes/verifier-key.ts";
import { epochFile, epochsFolder, readIfThere } from "../sealer/seal-layout.ts";

/** Where one key of a log ends and the next begins: what the former signs for more entries than these is not of this log. */
export interface Epoch extends TreeHead {
  readonly former: VerifierKey;
  readonly next: VerifierKey;
}

/** What both keys sign: a checkpoint that names them. */
export function epochText({ size, root, former, next }: Epoch): string {
  const extensions = [
    `${formerWord}${formatVerifierKey(former)}`,
    `${nextWord}${formatVerifierKey(next)}`,
  ];
  return formatCheckpoint({ origin: next.name, size, root, extensions });
}

/** Throws an `AuditError` for what is no such record, or is not signed by both keys. */
export function openEpoch(note: Uint8Array | string): Epoch {
  const parsed = parseNote(note);
  const { origin, size, root, extensions } = parseCheckpoint(parsed.text);
  const [former = "", next = "", ...more] = extensions;
  if (!former.startsWith(formerWord) || !next.startsWith(nextWord) || more.length > 0)
    throw malformed("expected the former key and the next one in a record of an epoch");
  const epoch = {
    size,
    root,
    former: parseVerifierKey(former.slice(formerWord.length)),
    next: parseVerifierKey(next.slice(nextWord.length)),
  };
  const { former: from, next: to } = epoch;
  const { verified } = openNote(parsed, [from, to]);
  if (verified.length < 2 || from.name !== origin || to.name !== origin)
    throw malformed(`expected a record of an epoch of ${origin} that both of its keys have signed`);
  return epoch;
}

/** The epochs of a log that have ended, in their order. Throws an `AuditError` where one is none, or is missing. */
export function readEpochs(seal: string, files: FileSystem): readonly Epoch[] {
  const numbers = namesIn(epochsFolder(seal))
    .filter((name) => /^\d{4,}$/.test(name))
    .map(Number)
    .toSorted((left, right) => left - right);
  return numbers.map((number, place) => {
    const note = number === place + 1 ? readIfThere(epochFile(seal, number), files) : null;
    if (!note)
      throw new AuditError("EPOCH_MISSING", `the record of epoch ${place + 1} is missing`, { fix });
    return openEpoch(note);
  });
}

/**
 * The keys that were a log's before this one, the last first: each is vouched for by the one before it and by itself. Throws an `AuditError` where this key was
 * followed by another, or the records do not lead to it.
 */
export function formerKeys(epochs: readonly Epoch[], key: VerifierKey): readonly VerifierKey[] {
  const former: VerifierKey[] = [];
  let next = key;
  for (const epoch of epochs.toReversed()) {
    if (!isSameKey(epoch.next, next))
      throw new AuditError(
        "KEY_FOLLOWED",
        `the log goes on with the key ${epoch.next.name}+${epoch.next.id}, not with ${next.id}`,
        { fix: "Give the key that the last record of an epoch names." },
      );
    former.push(epoch.former);
    next = epoch.former;
  }
  return former;
}

/** All keys that a log has had, the present one first; also where a rotation was cut short behind its record, and the log still shows the former one. */
export function keysOfLog(epochs: readonly Epoch[], shown: VerifierKey): readonly VerifierKey[] {
  const last = epochs.at(-1);
  const present = last && isSameKey(last.former, shown) ? last.next : shown;
  return [present, ...formerKeys(epochs, present)];
}

const formerWord = "former ";
const nextWord = "next ";
const fix = "Restore the records of epochs from a copy of the log.";

function malformed(message: string): AuditError {
  return new AuditError("EPOCH_MALFORMED", message, { fix });
}
