import { isRecord } from "@spoor/core";
import { linesOf } from "./lines.ts";

/** Whether a file is a transcript of Claude Code and not the stream it prints. Told by the first line that tells; read no further. */
export function isTranscript(file: string): boolean {
  for (const line of linesOf(file)) {
    const told = kindOf(line);
    if (told !== null) return told === "transcript";
  }
  return false;
}

/** Both have types; only a transcript chains its lines, and only the stream names its session in snake case. */
function kindOf(line: string): "transcript" | "stream" | null {
  const value = parsed(line);
  if (!isRecord(value)) return null;
  if (Object.hasOwn(value, "parentUuid") || Object.hasOwn(value, "isSidechain"))
    return "transcript";
  return Object.hasOwn(value, "session_id") ? "stream" : null;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
