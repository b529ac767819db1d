import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord, lanesIn } from "@spoor/core";

/** How many entries went from the lanes of a folder; where nobody can tell, none are known. */
export function removedEntries(dir: string): number {
  return lanesIn(dir).reduce((sum, { lane }) => sum + removedFrom(join(dir, "lanes", lane)), 0);
}

function removedFrom(lane: string): number {
  try {
    const account: unknown = JSON.parse(readFileSync(join(lane, "removed.json"), "utf8"));
    return isRecord(account) && typeof account["entries"] === "number" ? account["entries"] : 0;
  } catch {
    return 0;
  }
}
