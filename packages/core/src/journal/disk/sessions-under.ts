import { beginning, type Position } from "../journal.ts";
import { sessionReferringTo } from "../session-referring-to.ts";
import { refOf } from "./content-writer.ts";
import type { FileSystem } from "./file-system.ts";
import { isMissing } from "./journal-error.ts";
import { contentFileNamed, entriesFile, segmentFolder, segmentNumbers } from "./layout.ts";
import { lineHeads } from "./line-heads.ts";
import { sizeOf } from "./segment-size.ts";
import { wholeLines } from "./whole-lines.ts";

/**
 * The sessions of a lane with entries, from a position on, that refer to values of a subject which are still there. `subject`: as it is called on disk.
 * Throws what the disk says.
 */
export function sessionsUnder(
  lane: string,
  subject: string,
  files: FileSystem,
  from: Position = beginning,
): ReadonlySet<string> {
  const sessions = new Set<string>();
  for (const number of segmentNumbers(lane)) {
    if (number < from.segment) continue;
    const segment = segmentFolder(lane, number);
    const first = number === from.segment ? from.offset : 0;
    if (sizeOf(entriesFile(segment)) <= first) continue;
    const refs = refsIn(contentFileNamed(segment, subject), files);
    if (refs.size === 0) continue;
    for (const line of linesIn(entriesFile(segment), first)) {
      const session = sessionReferringTo((ref) => refs.has(ref), line);
      if (session !== null) sessions.add(session);
    }
  }
  return sessions;
}

function refsIn(path: string, files: FileSystem): ReadonlySet<string> {
  const refs = new Set<string>();
  try {
    for (const { head } of lineHeads(path, 0, files)) {
      const ref = refOf(head);
      if (ref !== null) refs.add(ref);
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return refs;
}

/** None where the bound has removed them since. */
function* linesIn(path: string, from: number): Generator<string> {
  try {
    for (const { line } of wholeLines(path, from)) yield line;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
