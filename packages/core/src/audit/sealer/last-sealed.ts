import type { FileSystem } from "../../journal/disk/file-system.ts";
import { parseJson } from "../../journal/disk/parse-json.ts";
import type { Position } from "../../journal/journal.ts";
import { isRecord } from "../../vocabulary/json.ts";
import { isSize } from "../merkle/tree-head.ts";
import { lastSealedFile, readIfThere } from "./seal-layout.ts";

/** How many entries were sealed, and where the last of them begins. A note of the sealer to itself: it may go at any time. */
export interface LastSealed extends Position {
  readonly size: number;
}

/** Null: there is none, or none that can be read. */
export function readLastSealed(seal: string, files: FileSystem): LastSealed | null {
  const noted = parseJson(readIfThere(lastSealedFile(seal), files)?.toString() ?? "");
  if (!isRecord(noted)) return null;
  const { size, segment, offset } = noted;
  return isCount(size) && isCount(segment) && isCount(offset) ? { size, segment, offset } : null;
}

/** For the next sealing, so that it need not count. */
export function lastSealedText(size: number, { segment, offset }: Position): string {
  return `${JSON.stringify({ size, segment, offset })}\n`;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && isSize(value);
}
