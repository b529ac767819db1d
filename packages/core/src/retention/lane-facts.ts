import type { FileSystem } from "../journal/disk/file-system.ts";
import { contentFolder, segmentFolder } from "../journal/disk/layout.ts";
import { bytesIn } from "../journal/disk/segment-size.ts";
import { newestEntryAt } from "./newest-entry.ts";
import type { SegmentFacts } from "./policy.ts";
import type { Survey, SurveyedSegment } from "./survey.ts";

/** What a look at a segment tells without reading it, as if nothing were in its way. */
export function factsAtBest(lane: string, segment: number, files: FileSystem): SegmentFacts {
  const folder = segmentFolder(lane, segment);
  const contentBytes = bytesIn(contentFolder(folder));
  const newestAt = newestEntryAt(folder, files);
  return {
    segment,
    newestAt,
    heardAt: newestAt,
    contentBytes,
    entriesBytes: bytesIn(folder) - contentBytes,
    isHeld: false,
    isOpen: false,
    isDelivered: true,
    isSealed: true,
    vouchesFrom: null,
  };
}

export interface Circumstances {
  readonly lane: string;
  readonly survey: Survey;
  /** Whether content of somebody lies in it of whom nothing goes. */
  readonly isHeld: (segment: number) => boolean;
  readonly isDelivered: (segment: number) => boolean;
  /** The segments before this one are under a seal. */
  readonly sealedBefore: number;
  /** Work of which nothing was heard since is over. */
  readonly abandonedBefore: number;
}

/** The same, with all that is in its way. */
export function factsInFull(best: SegmentFacts, circumstances: Circumstances): SegmentFacts {
  const { lane, survey, isHeld, isDelivered, sealedBefore, abandonedBefore } = circumstances;
  const { segment } = best;
  const found: SurveyedSegment | undefined = survey.lanes.get(lane)?.get(segment);
  const sessions = [...(found?.sessions ?? [])].flatMap((id) => survey.sessions.get(id) ?? []);
  return {
    ...best,
    heardAt: sessions.reduce<number | null>(
      (latest, { heardAt }) => Math.max(latest ?? heardAt, heardAt),
      null,
    ),
    isHeld: isHeld(segment) || sessions.some((session) => session.isHeld),
    isOpen: sessions.some(({ isOpen, heardAt }) => isOpen && heardAt > abandonedBefore),
    isDelivered: isDelivered(segment),
    isSealed: segment < sealedBefore,
    vouchesFrom: found?.vouchesFrom ?? null,
  };
}
