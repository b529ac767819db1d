import { hash } from "node:crypto";
import { closeSync, fdatasync, openSync, readFileSync, writeSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type MakeWay, mustBe } from "./way.ts";

const syncToDisk = promisify(fdatasync);

/** What most code does that logs to a file. */
export const appending: MakeWay = (folder) => {
  const path = join(folder, "events.ndjson");
  return {
    write: ({ event }) => appendFile(path, `${JSON.stringify(event)}\n`),
    close: () => Promise.resolve(),
    check: (facts) => mustBe("lines", facts, linesOf(path).length),
  };
};

export const writing: MakeWay = (folder) => {
  const path = join(folder, "events.ndjson");
  const fd = openSync(path, "a");
  return {
    write: ({ event }) => void writeSync(fd, `${JSON.stringify(event)}\n`),
    close: () => Promise.resolve(closeSync(fd)),
    check: (facts) => mustBe("lines", facts, linesOf(path).length),
  };
};

/** Each line begins with a hash over the hash before it and its own text. */
export const chaining: MakeWay = (folder) => chainIn(folder).way;

/** The same, and on the disk before the application answers. */
export const chainingToDisk: MakeWay = (folder) => {
  const { way, fd } = chainIn(folder);
  return { ...way, turnEnded: () => syncToDisk(fd) };
};

function chainIn(folder: string): { readonly way: ReturnType<MakeWay>; readonly fd: number } {
  const path = join(folder, "events.ndjson");
  const fd = openSync(path, "a");
  let last = "";
  return {
    fd,
    way: {
      write({ event }) {
        const text = JSON.stringify(event);
        last = chained(last, text);
        writeSync(fd, `${last} ${text}\n`);
      },
      close: () => Promise.resolve(closeSync(fd)),
      check: (facts) => mustBe("lines that follow", facts, wholeLinks(linesOf(path))),
    },
  };
}

/** What a line of the chain begins with. */
export const chained = (last: string, text: string): string => hash("sha256", last + text);

/** How many lines of a chain follow from those before them, up to the first that does not. */
export function wholeLinks(lines: Iterable<string>): number {
  let last = "";
  let whole = 0;
  for (const line of lines) {
    const said = line.slice(0, digits);
    if (said !== chained(last, line.slice(digits + 1))) break;
    last = said;
    whole += 1;
  }
  return whole;
}

const digits = 64;

const linesOf = (path: string): readonly string[] =>
  readFileSync(path, "utf8").split("\n").slice(0, -1);
