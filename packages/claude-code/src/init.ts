import type { JsonValue } from "@spoor/core";
import type { ClaudeMessage } from "./native.ts";
import { only } from "./narrow.ts";

/** What an init says of the setting, turn after turn the same. The rest is about the terminal, or about the machine and nobody's business. */
const facts: ReadonlySet<string> = new Set([
  "agents",
  "apiKeySource",
  "betas",
  "cwd",
  "effort",
  "mcp_servers",
  "model",
  "output_style",
  "permissionMode",
  "skills",
  "tools",
]);

export function initFacts(message: ClaudeMessage): JsonValue | undefined {
  return message.type === "system" && message.subtype === "init" ? only(message, facts) : undefined;
}
