import {
  agentMetadataLine,
  agentMetadataPath,
  claudeCode,
  claudeTranscript,
  lineKind,
  type LineKind,
  projectsFolder,
  sessionFiles,
  withCaller,
} from "@spoor/claude-code";
import { isRecord } from "@spoor/core";
import type { Framework } from "./framework.ts";
import { lineReader } from "./line-reader.ts";

const transcript: LineKind = "transcript";

/** Streams and transcripts of Claude Code. A transcript of a subagent may have a file beside it that says who it is. */
export const claudeCodeRecordings: Framework = {
  name: claudeCode.name,
  title: "Claude Code",
  adapter: "@spoor/claude-code",
  history: { folderIn: projectsFolder, variable: "CLAUDE_CONFIG_DIR" },
  endings: [".jsonl", ".ndjson"],
  lines: (file) => file.lines(),
  groups: sessionFiles,
  kindOf: lineKind,
  isLine: (line) => isRecord(line) && typeof line["type"] === "string",
  companion: agentMetadataPath,
  reader(path, { kind, companion, sessionOf }) {
    if (kind !== transcript) return lineReader(claudeCode);
    const metadata = companion === null ? null : agentMetadataLine(path, companion);
    return lineReader(claudeTranscript, {
      completed: (line) => withCaller(line, sessionOf),
      before: metadata === null ? [] : [metadata],
      timeOf: ({ timestamp }) => (typeof timestamp === "string" ? timestamp : null),
    });
  },
};
