import { isRecord } from "@spoor/core";
import { linesOf } from "./lines.ts";

/** `transcript` and `stream` are Claude Code's: what it keeps, and what it prints. `record`: events that Spoor itself has written. */
export type RecordingKind = "transcript" | "stream" | "record";

/** What a file is, told by the first of its lines that tells, whatever its name; read no further. Null: none of them does. */
export function recordingKind(file: string): RecordingKind | null {
  for (const line of linesOf(file)) {
    const told = kindOf(line);
    if (told !== null) return told;
  }
  return null;
}

/** All have types; only a transcript chains its lines, only the stream names its session in snake case, and only a record is stamped. */
function kindOf(line: string): RecordingKind | null {
  const value = parsed(line);
  if (!isRecord(value)) return null;
  const has = (name: string): boolean => Object.hasOwn(value, name);
  if (has("parentUuid") || has("isSidechain")) return "transcript";
  if (has("session_id")) return "stream";
  return has("recordedAt") && has("sequence") ? "record" : null;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
