import { contentReader, type JournalReader, journalReader, type Position } from "@spoor/core";
import { consoleExporter } from "@spoor/core/console";
import { parseEventLine } from "@spoor/core/schema";
import { readArguments } from "../arguments.ts";
import { BadInput } from "../bad-input.ts";
import type { Command } from "../command.ts";
import type { Io } from "../io.ts";
import { journalFolderFor } from "../journal-folder.ts";
import { wantsColor } from "../output.ts";

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
    const { positionals, dir, json } = readArguments("tail", args, {});
    if (positionals.length > 0)
      throw new BadInput(
        `spoor tail takes options only, not ${positionals[0]}: see spoor tail --help`,
      );
    const reader = journalReader(await journalFolderFor(dir, io));
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
