import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Benchmark, Figure } from "../benchmark.ts";
import { makeProjectsFolder } from "../projects-folder/projects-folder.ts";
import { runCommand, type Taken } from "../projects-folder/run-command.ts";

const wholeBytes = 200_000_000;

/** Its last version that is written in JavaScript, as Spoor is. */
const peer = fileURLToPath(new URL("../../node_modules/ccusage/dist/index.js", import.meta.url));

const isBuilt = !process.execArgv.includes("--conditions=@spoor/source");
const spoor = fileURLToPath(
  new URL(
    isBuilt ? "../../packages/cli/bin/spoor.mjs" : "../../packages/cli/src/cli.ts",
    import.meta.url,
  ),
);

export const benchmark: Benchmark = {
  name: "what did it all cost?",
  note: "The same 200 MB of history, from the start of the process to its end. ccusage (18, offline, where it is installed) reads it for usage and cost alone, each time anew; Spoor brings all of it into a journal, redacted, tells the cost, and need not read it again.",
  prepare(folder) {
    makeProjectsFolder(join(folder, "config", "projects"), wholeBytes);
    return Promise.resolve();
  },
  async run({ prepared, scratch }) {
    const journal = join(scratch, "journal");
    mkdirSync(journal);
    const environment = {
      HOME: scratch,
      CLAUDE_CONFIG_DIR: join(prepared, "config"),
      SPOOR_DIR: journal,
      LOG_LEVEL: "0",
    };
    const flags = isBuilt ? [] : ["--conditions=@spoor/source"];
    const importing = [spoor, "import", "claude-code", "--json"];
    return [
      ...figuresOf("spoor import", await runCommand(flags, importing, environment)),
      ...figuresOf("spoor import, again", await runCommand(flags, importing, environment)),
      ...(existsSync(peer)
        ? figuresOf(
            "ccusage",
            await runCommand([], [peer, "monthly", "--offline", "--json"], environment),
          )
        : []),
    ];
  },
};

const figuresOf = (name: string, { elapsed, spent, peak }: Taken): readonly Figure[] => [
  { name: `${name}, by the clock`, value: elapsed, unit: "s" },
  { name: `${name}, processor time`, value: spent, unit: "s" },
  { name: `${name}, peak memory`, value: peak, unit: "MB" },
];
