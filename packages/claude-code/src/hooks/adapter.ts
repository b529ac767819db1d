import type { Adapter } from "@spoor/core";
import { isKnown, parseHookLine, type HookEvent } from "./native.ts";
import { createTranslator } from "./translate.ts";

/** Claude Code, as its hooks are told of it. Tools and subagents have the keys that the stream and the transcript give them, too. */
export const claudeHooks: Adapter<HookEvent> = {
  name: "claude-code",
  framework: { package: "@anthropic-ai/claude-code", supported: ">=2.1" },
  createTranslator,
  parse: parseHookLine,
  knows: isKnown,
};
