import type { Adapter } from "@spoor/core";
import { isKnown, parseLine } from "./native.ts";
import type { TranscriptLine } from "./native.ts";
import { createTranslator } from "./translate.ts";

/**
 * Claude Code, as the files tell of it that it keeps of every conversation. What it tells joins what the stream and hooks tell of the same
 * session, whichever comes first.
 *
 * One translator reads all files of a session: first the conversation's own, then those of its subagents, each with `agentMetadataLine` of what
 * lies beside it before its first line. In that order most is known of a span when it begins; in any other it has the same ids and names. One
 * translator may read several sessions; a fork's file is best read after the one that it has left, whose lines it repeats.
 */
export const claudeTranscript: Adapter<TranscriptLine> = {
  name: "claude-code",
  framework: { package: "@anthropic-ai/claude-code", supported: ">=1.0" },
  createTranslator,
  parse: parseLine,
  knows: isKnown,
};
