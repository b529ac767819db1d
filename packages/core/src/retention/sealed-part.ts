import { join } from "node:path";
import type { FileSystem } from "../journal/disk/file-system.ts";
import { isMissing } from "../journal/disk/journal-error.ts";
import { parseJson } from "../journal/disk/parse-json.ts";
import { isRecord } from "../vocabulary/json.ts";

/**
 * The segments of a lane before this one are under its seal: the one in which the last sealed entry lies, as the sealer notes it. Infinity: the lane has no
 * seal, and nothing has to be under one. 0: it has one, or is to have one, and nobody has noted how far it goes.
 */
export function sealedBefore(lane: string, isToBeSealed: boolean, files: FileSystem): number {
  const seal = join(lane, "seal");
  const note = parseJson(textIfThere(join(seal, "last.json"), files) ?? "");
  if (isRecord(note) && typeof note["segment"] === "number") return note["segment"];
  const hasSeal = textIfThere(join(seal, "checkpoint"), files) !== null;
  return hasSeal || isToBeSealed ? 0 : Number.POSITIVE_INFINITY;
}

function textIfThere(path: string, files: FileSystem): string | null {
  try {
    return files.readWhole(path).toString("utf8");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
