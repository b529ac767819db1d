import { existsSync } from "node:fs";
import type { Erasure } from "../reduction.ts";
import type { LaneInHand } from "./lane-in-hand.ts";
import type { LaneWords } from "./lane-words.ts";
import { contentFileNamed, indexFiles, segmentFolder, segmentNumbers } from "./layout.ts";
import { sessionsUnder } from "./sessions-under.ts";

const mostRounds = 3;

/**
 * Puts out of sight what lies under a subject, all in one piece, so that nobody records in between. The key goes after the last value: a value without its
 * key is one that nobody can check, and no erasure. Throws what the disk says, and where it cannot be said; whatever is cut off is done again from the start.
 */
export function eraseSubject(lane: LaneInHand, words: LaneWords, erasure: Erasure): void {
  const { subject } = erasure;
  const { dir, folder, leaving, retention, keys, waits } = lane;
  const concerned = new Set(erasure.sessions);
  const fresh = sayErased(lane, words, erasure, concerned);
  const reduced = segmentNumbers(folder).filter(
    (segment) =>
      segment < fresh && leaving.take(contentFileNamed(segmentFolder(folder, segment), subject)),
  );
  retention().measure(reduced);
  keys.erase(subject);
  waits.erase(concerned, subject);
  for (const path of indexFiles(dir)) leaving.take(path);
}

/**
 * In a segment that holds nothing of the subject: whoever has a gap to tell may tell it along with this. Adds the sessions that were found. Gives the segment's
 * number.
 */
function sayErased(
  lane: LaneInHand,
  words: LaneWords,
  { subject, lookedTo, reason }: Erasure,
  concerned: Set<string>,
): number {
  const { folder, files } = lane;
  for (let round = 0; round < mostRounds; round += 1) {
    lane.beginSegment();
    const fresh = lane.end().segment;
    for (const session of sessionsUnder(folder, subject, files, lookedTo)) concerned.add(session);
    const reduced = { sessions: concerned, ...(reason === undefined ? {} : { reason }) };
    words.sayNow(reduced, { what: "content", why: "erasure" });
    const isTold = (segment: number): boolean =>
      existsSync(contentFileNamed(segmentFolder(folder, segment), subject));
    if (!segmentNumbers(folder).some((segment) => segment >= fresh && isTold(segment)))
      return fresh;
  }
  throw new Error("values are recorded for the subject while it is said that they go");
}
