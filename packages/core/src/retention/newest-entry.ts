import type { FileSystem } from "../journal/disk/file-system.ts";
import { entriesFile } from "../journal/disk/layout.ts";
import { parseJson } from "../journal/disk/parse-json.ts";
import { isRecord } from "../vocabulary/json.ts";
import { endOfFile } from "./file-end.ts";

/** When the last entry of a segment was recorded, found from its end; null: it holds none that can be read there. Throws what the disk says. */
export function newestEntryAt(segment: string, files: FileSystem): number | null {
  for (const line of endOfFile(entriesFile(segment), files).lines.toReversed()) {
    const entry = parseJson(line);
    if (isRecord(entry) && typeof entry["recordedAt"] === "number") return entry["recordedAt"];
  }
  return null;
}
