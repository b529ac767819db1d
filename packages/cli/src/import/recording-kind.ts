import { isRecord } from "@spoor/core";
import type { Framework } from "./framework.ts";
import type { RecordingFile } from "./recording-file.ts";

/** The kind of a file that Spoor itself has written: no recording of a framework. */
export const ownRecord = "spoor";
/** The kind of a file in which there are lines, and none that a recording could have. */
export const noRecording = "none";

/** What a file is, told by the first of its lines that tells, whatever its name; read no further. Null: none of them does. */
export function recordingKind(file: RecordingFile, framework: Framework): string | null {
  let [hasLines, mayBeOne] = [false, false];
  for (const { text, ended } of framework.lines(file)) {
    const line = parsed(text ?? "");
    const told = isOwn(line) ? ownRecord : framework.kindOf(line, text ?? "");
    if (told !== null) return told;
    hasLines ||= text?.trim() !== "";
    mayBeOne ||= framework.isLine(line) || (line === undefined && !ended && isBegun(text ?? ""));
  }
  return hasLines && !mayBeOne ? noRecording : null;
}

/** Only what Spoor has written is stamped. */
const isOwn = (line: unknown): boolean =>
  isRecord(line) && Object.hasOwn(line, "recordedAt") && Object.hasOwn(line, "sequence");

/** The rest of it may not be written yet. */
const isBegun = (line: string): boolean => line.trimStart().startsWith("{");

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
