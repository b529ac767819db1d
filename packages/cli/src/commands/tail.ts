import { contentReader, type JournalReader, journalReader, type Position } from "@spoor/core";
import { consoleExporter } from "@spoor/core/console";
import { parseEventLine } from "@spoor/core/schema";
import { readOptions } from "../typed/arguments.ts";
import type { Command } from "../command.ts";
import type { Io } from "../io.ts";
import { readableFolder } from "../record/journal-folder.ts";
import { wantsColor } from "../printing/output.ts";

const lookEveryMs = 250;

/** What is recorded from now on, by whatever process, until the user interrupts. */
export const tail: Command = {
  name: "tail",
  usage: "tail [--json]",
  summary: "live events as they are recorded",
  details: [
    "--json      each event as one line of JSON, as it stands in the journal",
    "",
    "Waits for a journal that is not there yet. Ends on Ctrl-C.",
  ],
  async run(args, io) {
    const { dir, json } = readOptions("tail", args, {});
    const { folder } = await readableFolder(dir, io);
    const reader = journalReader(folder);
    const interruption = io.interruption();
    const seen = new Map<string, Position>();
    for (const _ of newLines(reader, seen));
    const print = json
      ? (line: string): unknown => io.stdout.write(`${line}\n`)
      : treePrinter(reader, io);
    while (!interruption.aborted) {
      await io.pause(lookEveryMs, interruption);
      for (const line of newLines(reader, seen)) await print(line);
    }
    return 0;
  },
};

/** Prints the tree as it grows. */
function treePrinter(reader: JournalReader, io: Io): (line: string) => Promise<void> {
  const content = contentReader(reader);
  const exporter = consoleExporter({
    write: (text) => io.stdout.write(text),
    color: wantsColor(io),
  });
  const context = { content, signal: new AbortController().signal };
  return async (line) => {
    const parsed = parseEventLine(line);
    if (!parsed.ok) return;
    content.apply(parsed.event);
    await exporter.export([parsed.event], context);
  };
}

/** What came after `seen`, which is moved along. */
function* newLines(reader: JournalReader, seen: Map<string, Position>): Iterable<string> {
  for (const { lane, position, line } of reader.entries(new Map(seen))) {
    const last = seen.get(lane);
    if (last && last.segment === position.segment && last.offset === position.offset) continue;
    seen.set(lane, position);
    yield line;
  }
}
