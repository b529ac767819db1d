import { type Checkpoint, parseCheckpoint } from "../notes/checkpoint.ts";
import type { OpenedCheckpoint } from "../notes/open-checkpoint.ts";
import { parseNote } from "../notes/signed-note.ts";
import type { Findings } from "./findings.ts";
import { count } from "./in-words.ts";
import { openByChain } from "./key-chain.ts";
import { compareRecord } from "./outside-epochs.ts";
import type { OwnCheckpoint } from "./own-checkpoint.ts";
import type { RebuiltTree } from "./rebuilt-tree.ts";
import { refusalOf, type Trust } from "./trust.ts";
import type { WitnessSighting } from "./verification.ts";

/** Of whose log a checkpoint says that it is. Throws an `AuditError` for what is no checkpoint at all. */
export function originOf(note: string): string {
  return parseCheckpoint(parseNote(note).text).origin;
}

/** The checkpoints that were kept elsewhere and are signed by this log. */
export function openOutside(
  lane: string,
  { origin, believed }: OwnCheckpoint,
  { checkpoints, witnesses }: Trust,
  findings: Findings,
): readonly OpenedCheckpoint[] {
  return checkpoints
    .filter((note) => originOf(note) === origin)
    .flatMap((note) => {
      compareRecord(lane, note, believed.epochs, findings);
      try {
        return [openByChain(note, believed, witnesses)];
      } catch (error) {
        const message = `the checkpoint that was kept elsewhere is not one of this log's key: ${refusalOf(error)}`;
        findings.find("OUTSIDE_INVALID", { lane }, message);
        return [];
      }
    });
}

/** Whether the entries that lie here are those that a checkpoint from elsewhere covers. Gives its size where they are. */
export function compareOutside(
  lane: string,
  { checkpoint }: OpenedCheckpoint,
  tree: RebuiltTree,
  own: Checkpoint | null,
  findings: Findings,
): number | null {
  const { size, root } = checkpoint;
  const found = tree.rootAt(size);
  if (found === undefined && size > tree.size) {
    const message = `a checkpoint that was kept elsewhere covers ${count(size, "entry")}, and only ${tree.size.toLocaleString("en")} can be had here: some were removed, or an older state was put back`;
    findings.find("OUTSIDE_AHEAD", { lane }, message);
    return null;
  }
  if (found !== root) {
    const message = `the first ${count(size, "entry")} are not those of a checkpoint that was kept elsewhere: this is another history`;
    findings.find("OUTSIDE_DIFFERS", { lane }, message);
    return null;
  }
  if (own && own.size < size) {
    const message = `the log's checkpoint covers ${count(own.size, "entry")}, one that was kept elsewhere ${size.toLocaleString("en")}: an older one was put back`;
    findings.find("CHECKPOINT_BEHIND", { lane }, message);
  }
  return size;
}

/** What witnesses have said of a log, in whatever checkpoint. */
export function sightingsIn(opened: readonly OpenedCheckpoint[]): readonly WitnessSighting[] {
  return opened.flatMap(({ checkpoint, cosigned }) =>
    cosigned.flatMap(({ key, at }) =>
      at === null ? [] : [{ witness: key.name, size: checkpoint.size, at }],
    ),
  );
}
