import { readArguments } from "../typed/arguments.ts";
import type { Command } from "../command.ts";
import { readSince } from "../typed/since.ts";

/** What a framework recorded, or Langfuse keeps, into the journal. */
export const importRecordings: Command = {
  name: "import",
  usage: "import <claude-code|autogen|crewai|langfuse> [FILE…] [--session ID] [--since T] [--json]",
  summary: "recordings of a framework or of Langfuse into the journal",
  details: [
    "claude-code   transcripts, which Claude Code keeps of every conversation, and",
    "              lines of claude -p --output-format stream-json or of the Agent SDK",
    "              FILE: a file, or a folder with .jsonl and .ndjson files; none: all that",
    "              it has kept, under CLAUDE_CONFIG_DIR or ~/.claude",
    "autogen       lines of the logger autogen_core.events, and messages that agents and",
    "              teams yield; of an agent without a team, import one of the two",
    "              FILE: a file, or a folder with .jsonl, .ndjson and .log files",
    "crewai        events of CrewAI, as Spoor's listener for it, model_dump, to_json,",
    "              frames of a flow, its own tracing and checkpoints hold them",
    "              FILE: a file, or a folder with .jsonl, .ndjson, .log and .json files",
    "langfuse      traces, as Langfuse's API answers and as its page downloads them",
    "              FILE: a file, or a folder with .json, .jsonl and .ndjson files",
    "--session ID  only what belongs to this session",
    "--since T     only sessions that went on since a date (2026-01-31), a time, or",
    "              so long ago (90m, 24h, 7d)",
    "--json        what was read, what of it is new, and what that cost",
    "              (docs/spec/import.md)",
    "",
    "Importing again adds only what is new. Ctrl-C keeps what was imported.",
  ],
  async run(args, io) {
    const own = { session: "string", since: "string" } as const;
    const { positionals, dir, json = false, session, since } = readArguments("import", args, own);
    const [framework, ...names] = positionals;
    const earliest = since === undefined ? -Infinity : readSince(since, io.now());
    // Adapters and prices, for which no other command should wait.
    const { runImport } = await import("../import/run-import.ts");
    return runImport({ framework, names, dir, json, session, earliest }, io);
  },
};
