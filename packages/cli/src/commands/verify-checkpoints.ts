import { readArguments } from "../typed/arguments.ts";
import { BadInput } from "../bad-input.ts";
import type { Command } from "../command.ts";
import { readableJournal } from "../record/journal-folder.ts";
import { printJson, printLines } from "../printing/output.ts";

/** Whether a LangGraph checkpointer holds what it was given, by what the journal tells of that. */
export const verifyCheckpoints: Command = {
  name: "verify-checkpoints",
  usage: "verify-checkpoints MODULE [--thread ID] [--json]",
  summary: "compare what a checkpointer holds with what was recorded",
  details: [
    "MODULE       a file whose default export is the checkpointer, or a function that makes it",
    "--thread ID  this thread only, by its thread_id; else all that the journal tells of",
    "--json       { threads: [ … ] } (docs/spec/checkpoints.md)",
    "",
    "Reads each checkpoint as a resume would, and changes nothing. Exit code 1 where something was found.",
  ],
  async run(args, io) {
    const kinds = { thread: "string" } as const;
    const { positionals, dir, json, thread } = readArguments("verify-checkpoints", args, kinds);
    const [file, ...surplus] = positionals;
    if (file === undefined || surplus.length > 0)
      throw new BadInput(
        "verify-checkpoints takes the module of a checkpointer: see spoor verify-checkpoints --help",
      );
    const { folder: journal } = await readableJournal(dir, io);
    const langgraph = await import("@spoor/langgraph");
    const { loadCheckpointer } = await import("../verify-checkpoints/load-checkpointer.ts");
    const { threadLines } = await import("../verify-checkpoints/thread-lines.ts");
    const wanted = thread === undefined ? langgraph.auditedThreads(journal) : [thread];
    if (wanted.length === 0)
      throw new BadInput(
        `the journal in ${journal} tells of no checkpoint: was the graph compiled with auditCheckpointer(…)?`,
      );
    const { saver, close } = await loadCheckpointer(file, io);
    try {
      const threads = [];
      for (const one of wanted)
        threads.push(await langgraph.verifyCheckpoints(saver, { thread: one, journal }));
      if (json) printJson(io, { threads });
      else printLines(io, threadLines(threads));
      return threads.every(({ findings }) => findings.length === 0) ? 0 : 1;
    } finally {
      await close();
    }
  },
};
