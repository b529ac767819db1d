import type { Reduced } from "../reduction.ts";
import { syncWritten } from "./group-commit.ts";
import { achieved, emptied, type LaneInHand } from "./lane-in-hand.ts";
import type { LaneWords } from "./lane-words.ts";
import { contentFolder, indexFiles, removedFile, segmentFolder } from "./layout.ts";

/** The values of a complete segment go. Never rejects; false: not done, or only in part. */
export async function thinSegment(
  lane: LaneInHand,
  words: LaneWords,
  segment: number,
  reduced: Reduced,
): Promise<boolean> {
  const about = { what: "content", why: "retention", segment } as const;
  const isSaid = await words.sayInSlices(reduced, about);
  return isSaid && lane.attempt(() => takeContent(lane, segment)) && emptied(lane);
}

/** A complete segment goes with all that lies in it. Never rejects; false: not done, or only in part. */
export async function removeSegment(
  lane: LaneInHand,
  words: LaneWords,
  segment: number,
  reduced: Reduced,
): Promise<boolean> {
  const { dir, folder, files, leaving, retention, tail, attempt } = lane;
  const about = { what: "entries", why: "retention", segment } as const;
  const isSaid = await words.sayInSlices(reduced, about);
  const isCounted =
    isSaid &&
    attempt(() => {
      retention().mustHold(segment);
      retention().count(segment, tail());
    }) &&
    (await achieved(lane, () => syncWritten(removedFile(folder), dir, files)));
  const hasLeft =
    isCounted &&
    attempt(() => {
      retention().endRemoval();
      for (const path of indexFiles(dir)) leaving.take(path);
    });
  return hasLeft && emptied(lane);
}

/** What readers have made of the values goes before them and after them: before, so that no cut leaves it; after, because somebody may have made it between. */
function takeContent({ dir, folder, leaving, retention }: LaneInHand, segment: number): void {
  retention().mustHold(segment);
  for (const path of indexFiles(dir)) leaving.take(path);
  leaving.take(contentFolder(segmentFolder(folder, segment)));
  for (const path of indexFiles(dir)) leaving.take(path);
  retention().measure([segment]);
}
