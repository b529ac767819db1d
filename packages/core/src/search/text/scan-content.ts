import { Buffer } from "node:buffer";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { isMissing } from "../../journal/disk/journal-error.ts";
import { contentFolder, namesIn } from "../../journal/disk/layout.ts";
import { parseJson } from "../../journal/disk/parse-json.ts";
import { isRecord, type JsonValue } from "../../vocabulary/json.ts";
import { firstIn, type Needle, type Occurrence } from "./needle.ts";

const chunkBytes = 1024 * 1024;

/** By reference, the values of a segment in which a text stands. Only lines in which it may stand are looked at. Throws what the disk says. */
export function valuesWith(segment: string, needle: Needle): ReadonlyMap<string, Occurrence> {
  const found = new Map<string, Occurrence>();
  const folder = contentFolder(segment);
  for (const name of namesIn(folder)) {
    for (const line of linesWith(join(folder, name), needle)) {
      const stored = parseJson(line);
      if (!isRecord(stored) || typeof stored["ref"] !== "string" || !("value" in stored)) continue;
      const occurrence = firstIn(stored["value"] as JsonValue, needle);
      if (occurrence) found.set(stored["ref"], occurrence);
    }
  }
  return found;
}

/** The whole lines in whose bytes the text stands. */
function* linesWith(path: string, needle: Needle): Iterable<string> {
  const fd = openIfThere(path);
  if (fd === null) return;
  try {
    const end = fstatSync(fd).size;
    let chunk = Buffer.allocUnsafe(Math.max(1, Math.min(chunkBytes, end)));
    for (let position = 0; position < end;) {
      const got = readSync(fd, chunk, 0, Math.min(chunk.length, end - position), position);
      const whole = chunk.subarray(0, got).lastIndexOf(10) + 1;
      if (whole === 0) {
        const isTorn = got < chunk.length || position + got >= end;
        if (isTorn) return;
        chunk = Buffer.allocUnsafe(chunk.length * 2);
      }
      yield* linesIn(chunk.subarray(0, whole), needle);
      position += whole;
    }
  } finally {
    closeSync(fd);
  }
}

/** Read as one character a byte, which is the fastest text there is to look through. */
function* linesIn(bytes: Buffer, { inBytes }: Needle): Iterable<string> {
  const text = bytes.toString("latin1");
  for (let from = 0; ;) {
    inBytes.lastIndex = from;
    const found = inBytes.exec(text);
    if (!found) return;
    const start = text.lastIndexOf("\n", found.index) + 1;
    const end = text.indexOf("\n", found.index);
    yield bytes.toString("utf8", start, end);
    from = end + 1;
  }
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, "r");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
