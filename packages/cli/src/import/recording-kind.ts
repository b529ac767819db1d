import { isRecord } from "@spoor/core";
import type { Framework } from "./framework.ts";
import type { RecordingFile } from "./recording-file.ts";

/** The kind of a file that Spoor itself has written: no recording of a framework. */
export const ownRecord = "spoor";

/** What a file is, told by the first of its lines that tells, whatever its name; read no further. Null: none of them does. */
export function recordingKind(file: RecordingFile, framework: Framework): string | null {
  for (const { text } of file.lines()) {
    const line = parsed(text ?? "");
    const told = isOwn(line) ? ownRecord : framework.kindOf(line);
    if (told !== null) return told;
  }
  return null;
}

/** Only what Spoor has written is stamped. */
const isOwn = (line: unknown): boolean =>
  isRecord(line) && Object.hasOwn(line, "recordedAt") && Object.hasOwn(line, "sequence");

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
