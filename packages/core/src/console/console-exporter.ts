import { Console } from "node:console";
import process from "node:process";
import type { EventExporter } from "../pipeline/exporter.ts";
import { rendered } from "./line.ts";
import { TreeLines } from "./lines.ts";

export interface ConsoleOptions {
  /** Where whole lines go, their ends included. Default: standard output. */
  readonly write?: (line: string) => void;
  /** Default: standard output is a terminal, and `NO_COLOR` is not set. */
  readonly color?: boolean;
}

const columns = 110;

/**
 * Prints the tree as it grows. What it remembers is bounded by open work. A batch that comes again after a failed write first prints what could
 * not be written, and then its marks again; what opened and ended is printed once.
 */
export function consoleExporter(options: ConsoleOptions = {}): EventExporter {
  const { write = standardOutput(), color = isColorWanted() } = options;
  const tree = new TreeLines();
  /** The lines of one event at most. The tree has gone on, so after a failed write nobody would make them again. */
  const unwritten: string[] = [];
  const writeAll = (): void => {
    for (let line = unwritten[0]; line !== undefined; line = unwritten[0]) {
      write(line);
      unwritten.shift();
    }
  };
  return {
    name: "console",
    consumes: "events",
    async export(batch, { content }) {
      writeAll();
      for (const event of batch) {
        for (const line of tree.after(event, content))
          unwritten.push(`${rendered(line, { color, columns })}\n`);
        writeAll();
      }
    },
  };
}

/** Node's own `Console` keeps a reader that went away (`| head`) from ending the process with an unhandled error. */
function standardOutput(): (line: string) => void {
  const terminal = new Console({ stdout: process.stdout });
  return (line) => terminal.log("%s", line.replace(/\n$/, ""));
}

function isColorWanted(): boolean {
  return process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "";
}
