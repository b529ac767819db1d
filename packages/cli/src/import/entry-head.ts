import { isRecord } from "@spoor/core";

/** What tells an entry of the journal from all others, and whose it is. */
export interface EntryHead {
  readonly id: string;
  readonly recordedAt: number;
  readonly session: string;
}

const stampAt = /^\{"v":[01],"id":"([0-9a-f]{32})","sequence":\d+,"recordedAt":([\d.]+),/;
const sessionName = ',"session":"';

/**
 * The head of an entry, mostly without parsing it: Spoor writes its stamp first, and an unescaped name in quotes can only be a name. Null:
 * not an entry. A damaged entry may go for a whole one here.
 */
export function entryHead(line: string): EntryHead | null {
  const [, id, recordedAt] = stampAt.exec(line) ?? [];
  const start = line.indexOf(sessionName) + sessionName.length;
  const isOnlyOne = start >= sessionName.length && !line.includes(sessionName, start);
  if (id === undefined || !isOnlyOne) return parsedHead(line);
  const end = line.indexOf('"', start);
  const session = line.slice(start, end);
  return end < 0 || session.includes("\\")
    ? parsedHead(line)
    : { id, recordedAt: Number(recordedAt), session };
}

function parsedHead(line: string): EntryHead | null {
  try {
    const entry: unknown = JSON.parse(line);
    if (!isRecord(entry) || !isHead(entry)) return null;
    const { id, recordedAt, session } = entry;
    return { id, recordedAt, session };
  } catch {
    return null;
  }
}

const isHead = (
  entry: Readonly<Record<string, unknown>>,
): entry is Readonly<Record<string, unknown>> & EntryHead =>
  typeof entry["id"] === "string" &&
  typeof entry["recordedAt"] === "number" &&
  typeof entry["session"] === "string";
