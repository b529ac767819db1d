import { agentMetadataPath, type HookInput } from "@spoor/claude-code";
import { isRecord } from "@spoor/core";
import { readFileSync } from "node:fs";

const aboutAgents: ReadonlySet<string> = new Set(["SubagentStart", "SubagentStop", "StopFailure"]);

/** The tool use that spawned the subagent that an event is about: no event tells, but a file beside the subagent's transcript does. */
export function spawnerOf(input: HookInput): string | undefined {
  if (!aboutAgents.has(input.hook_event_name)) return undefined;
  const { transcript_path: transcript, agent_id: agent } = input;
  if (typeof transcript !== "string" || typeof agent !== "string") return undefined;
  const folder = transcript.replace(/\.jsonl$/, "");
  const path = /^[\w-]+$/.test(agent)
    ? agentMetadataPath(`${folder}/subagents/agent-${agent}.jsonl`)
    : null;
  if (path === null) return undefined;
  try {
    const metadata: unknown = JSON.parse(readFileSync(path, "utf8"));
    const spawner = isRecord(metadata) ? metadata["toolUseId"] : undefined;
    return typeof spawner === "string" && spawner !== "" ? spawner : undefined;
  } catch {
    return undefined;
  }
}
