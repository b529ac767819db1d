import { observe, observeOptions } from "@spoor/claude-code";
import type { Observer } from "@spoor/core";
import type { Message, Query } from "./query.ts";

export interface Asking {
  readonly query: Query;
  /** Where the agent works. */
  readonly workspace: string;
  /** Hears what is said. */
  readonly say: (who: string, text: string) => void;
}

const prompt =
  "Start a background subagent that summarises notes.txt, then tell me when it is done.";

/** The whole application: asks the agent, and prints what it does. What records it is marked `// spoor`. */
export async function askAgent(
  observer: Observer,
  { query, workspace, say }: Asking,
): Promise<void> {
  say("you", prompt);
  const options = { cwd: workspace, permissionMode: "acceptEdits" } as const;
  const parameters = observeOptions({ prompt, options }, observer); // spoor
  const messages = observe(query(parameters), observer); // spoor
  for await (const message of messages) print(message, say);
}

function print(message: Message, say: Asking["say"]): void {
  if (message.type !== "assistant") return;
  for (const { type, text, name } of message.message.content) {
    if (type === "text" && text !== undefined) say("agent", text);
    if (type === "tool_use" && name !== undefined) say("agent", `(uses ${name})`);
  }
}
