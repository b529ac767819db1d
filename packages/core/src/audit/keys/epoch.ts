import { join } from "node:path";
import type { FileSystem } from "../../journal/disk/file-system.ts";
import { namesIn } from "../../journal/disk/layout.ts";
import { AuditError } from "../merkle/audit-error.ts";
import type { TreeHead } from "../merkle/tree-head.ts";
import { formatCheckpoint, parseCheckpoint } from "../notes/checkpoint.ts";
import { openNote } from "../notes/open-note.ts";
import { parseNote } from "../notes/signed-note.ts";
import { type VerifierKey, formatVerifierKey, parseVerifierKey } from "../notes/verifier-key.ts";
import { epochsFolder } from "../sealer/seal-layout.ts";

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
export function openEpoch(note: Uint8Array): Epoch {
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

/** The epochs of a log that have ended, in their order. Throws an `AuditError` where one is none. */
export function readEpochs(seal: string, files: FileSystem): readonly Epoch[] {
  const folder = epochsFolder(seal);
  return namesIn(folder)
    .filter((name) => /^\d{4,}$/.test(name))
    .toSorted((left, right) => Number(left) - Number(right))
    .map((name) => openEpoch(files.readWhole(join(folder, name))));
}

/**
 * The keys that were a log's before this one, the last first: each is vouched for by the one before it and by itself. Throws an `AuditError` where this key was
 * followed by another, or the records do not lead to it.
 */
export function formerKeys(epochs: readonly Epoch[], key: VerifierKey): readonly VerifierKey[] {
  const former: VerifierKey[] = [];
  let next = key;
  for (const epoch of epochs.toReversed()) {
    if (formatVerifierKey(epoch.next) !== formatVerifierKey(next))
      throw new AuditError(
        "KEY_MALFORMED",
        `the log goes on with the key ${epoch.next.name}+${epoch.next.id}, not with ${next.id}`,
        { fix: "Give the key that the last epoch names." },
      );
    former.push(epoch.former);
    next = epoch.former;
  }
  return former;
}

const formerWord = "former ";
const nextWord = "next ";

function malformed(message: string): AuditError {
  return new AuditError("KEY_MALFORMED", message, {
    fix: "Restore the records of epochs from a copy of the log.",
  });
}
