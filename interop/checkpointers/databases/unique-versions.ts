import type { BaseCheckpointSaver } from "@langchain/langgraph";

/**
 * Has a checkpointer give each version of a channel a name that no branch of a thread gives to another one, as its sibling in Python does. PostgresSaver
 * counts, and keeps one value for each number: https://github.com/langchain-ai/langgraphjs/issues/1812
 */
export function withUniqueVersions(saver: BaseCheckpointSaver): void {
  Object.assign(saver, { getNextVersion });
}

function getNextVersion(current: string | number | undefined): string {
  const before = Number.parseInt(String(current ?? 0), 10);
  return `${String(before + 1).padStart(16, "0")}.${crypto.randomUUID()}`;
}
