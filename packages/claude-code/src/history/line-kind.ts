import { isRecord } from "@spoor/core";

/** `transcript`: a file under `projects/`, which Claude Code keeps by itself. `stream`: what it prints, and what the Agent SDK yields. */
export type LineKind = "transcript" | "stream";

/** Written into transcripts only, and without any name of a session. */
const transcriptTypes: ReadonlySet<unknown> = new Set(["summary", "file-history-snapshot"]);

/** Which of the two a line comes from. Both have types; the stream names its session in snake case. Null: this line does not tell. */
export function lineKind(line: unknown): LineKind | null {
  if (!isRecord(line) || typeof line["type"] !== "string") return null;
  const has = (name: string): boolean => Object.hasOwn(line, name);
  if (has("parentUuid") || has("isSidechain") || has("sessionId")) return "transcript";
  if (has("session_id")) return "stream";
  return transcriptTypes.has(line["type"]) ? "transcript" : null;
}
