import { hash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isMissing } from "./journal-error.ts";

/** The name under which a subject, session or wait lies on disk: it may be an e-mail address. */
export function hashedName(text: string): string {
  return hash("sha256", text, "hex").slice(0, 32);
}

export const laneFolder = (dir: string, lane: number): string => join(dir, "lanes", String(lane));
export const waitsFolder = (dir: string): string => join(dir, "waits");
export const keysFolder = (lane: string): string => join(lane, "keys");
const segmentsFolder = (lane: string): string => join(lane, "segments");
export const removedFile = (lane: string): string => join(lane, "removed.json");

export function segmentFolder(lane: string, segment: number): string {
  return join(segmentsFolder(lane), String(segment).padStart(4, "0"));
}

export const entriesFile = (segment: string): string => join(segment, "entries.ndjson");
export const contentFolder = (segment: string): string => join(segment, "content");

export function contentFile(segment: string, subject: string): string {
  return contentFileNamed(segment, hashedName(subject));
}

/** `subject`: as it is called on disk. */
export function contentFileNamed(segment: string, subject: string): string {
  return join(contentFolder(segment), `${subject}.ndjson`);
}

/** The name of a content file, and in it that of its subject. What is called otherwise is not done yet, or nobody's. */
export const contentFileName: RegExp = /^([0-9a-f]{32})\.ndjson$/;

/** What readers have made of entries and values, in the order in which it goes; whoever needs it makes it again. */
export const indexFiles = (dir: string): readonly string[] =>
  ["", "-wal", "-shm", "-journal"].map((end) => join(dir, `index.sqlite${end}`));

/** What whoever writes the lane is asked to erase. */
export const erasuresFolder = (lane: string): string => join(lane, "erasures");

/** What was taken out of the lane, and is still to be unlinked. */
export const leavingFolder = (lane: string): string => join(lane, "leaving");

/** The numbers of the lanes that exist, ascending. */
export const laneNumbers = (dir: string): readonly number[] => numbersIn(join(dir, "lanes"));

/** The numbers of a lane's segments, ascending: the last one is the one being written. */
export const segmentNumbers = (lane: string): readonly number[] => numbersIn(segmentsFolder(lane));

/** The names in a folder; none where there is no folder. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function numbersIn(folder: string): readonly number[] {
  return namesIn(folder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .toSorted((left, right) => left - right);
}
