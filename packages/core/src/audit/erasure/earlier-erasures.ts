import { resolve } from "node:path";
import {
  entriesFile,
  laneFolder,
  laneNumbers,
  segmentFolder,
  segmentNumbers,
} from "../../journal/disk/layout.ts";
import { parseJson } from "../../journal/disk/parse-json.ts";
import { rawLinesIfThere } from "../../journal/disk/raw-lines.ts";
import { parseEvent } from "../../schema/parse.ts";
import type { AgentEvent } from "../../vocabulary/event.ts";

/** What a journal still tells where nothing lies under a name. That a user was erased it does not: who it was is gone with what was theirs. */
export interface EarlierErasures {
  /** A session is called so. */
  readonly isSession: boolean;
  /** When that session was last erased, in milliseconds since the epoch; null: nothing says that it ever was. */
  readonly erasedAt: number | null;
  /** Of which something was erased, whatever they are called. */
  readonly sessions: number;
  readonly lastAt: number | null;
}

/** Reads all entries of a folder. Throws what the disk says. */
export function earlierErasures(dir: string, subject: string): EarlierErasures {
  let isSession = false;
  let erasedAt: number | null = null;
  let lastAt: number | null = null;
  const sessions = new Set<string>();
  for (const event of eventsWith(resolve(dir), [word, JSON.stringify(subject)])) {
    const isTheirs = event.session === subject;
    isSession ||= isTheirs;
    if (event.type !== "record.reduced" || event.why !== "erasure") continue;
    sessions.add(event.session);
    lastAt = Math.max(lastAt ?? 0, event.recordedAt);
    if (isTheirs) erasedAt = Math.max(erasedAt ?? 0, event.recordedAt);
  }
  return { isSession, erasedAt, sessions: sessions.size, lastAt };
}

const word = '"record.reduced"';

/** Only lines that hold one of the texts are looked at more closely. */
function* eventsWith(dir: string, texts: readonly string[]): Generator<AgentEvent> {
  for (const number of laneNumbers(dir)) {
    const lane = laneFolder(dir, number);
    for (const segment of segmentNumbers(lane))
      for (const { bytes } of rawLinesIfThere(entriesFile(segmentFolder(lane, segment)))) {
        if (!texts.some((text) => bytes.includes(text))) continue;
        const parsed = parseEvent(parseJson(bytes.toString("utf8")));
        if (parsed.ok) yield parsed.event;
      }
  }
}
