import { isRecord } from "../vocabulary/json.ts";
import { parseJson } from "./disk/parse-json.ts";

const reference = /"([0-9a-f]{64})"/g;

/**
 * The session of an entry that refers to one of these values; null: it refers to none. Whatever stands between quotes like a reference is looked
 * at: it leads to a value of theirs, or it is none.
 */
export function sessionReferringTo(
  isTheirs: (ref: string) => boolean,
  line: string,
): string | null {
  if (!refersTo(isTheirs, line)) return null;
  const entry = parseJson(line);
  return isRecord(entry) && typeof entry["session"] === "string" ? entry["session"] : null;
}

function refersTo(isTheirs: (ref: string) => boolean, line: string): boolean {
  for (const [, ref = ""] of line.matchAll(reference)) if (isTheirs(ref)) return true;
  return false;
}
