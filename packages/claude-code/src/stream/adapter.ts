import type { Adapter } from "@spoor/core";
import { isKnown, parseLine } from "./native.ts";
import type { ClaudeMessage } from "./native.ts";
import { createTranslator } from "./translate.ts";

/** Claude Code and the Claude Agent SDK, as their message stream tells of them. */
export const claudeCode: Adapter<ClaudeMessage> = {
  name: "claude-code",
  framework: { package: "@anthropic-ai/claude-agent-sdk", supported: ">=0.3" },
  createTranslator,
  parse: parseLine,
  knows: isKnown,
};
