import { isRecord } from "@spoor/core";

const sideFile = /(?:^|[/\\])agent-([^/\\]+)\.jsonl$/;

/** Where what is known of a subagent lies: beside its transcript. Null: the path names no subagent's transcript. */
export function agentMetadataPath(transcript: string): string | null {
  return sideFile.test(transcript) ? transcript.replace(/\.jsonl$/, ".meta.json") : null;
}

/** What lies there, as the line that has to be read before the transcript's own. Null: it says nothing. */
export function agentMetadataLine(transcript: string, text: string): string | null {
  const agentId = sideFile.exec(transcript)?.[1];
  if (agentId === undefined) return null;
  try {
    const metadata: unknown = JSON.parse(text);
    return isRecord(metadata)
      ? JSON.stringify({ ...metadata, type: "agent_metadata", agentId })
      : null;
  } catch {
    return null;
  }
}
