import { basename } from "node:path";
import { configFileIn } from "@spoor/core";
import { readArguments } from "../typed/arguments.ts";
import { BadInput } from "../bad-input.ts";
import type { Command } from "../command.ts";
import { nextSteps } from "../init/next-steps.ts";
import { readManifest } from "../init/manifest.ts";
import { starterConfig } from "../init/starter-config.ts";
import { packagesFor, wiringsFor } from "../init/wiring.ts";
import { writeNew } from "../init/write-new.ts";
import { printJson, printLines } from "../printing/output.ts";

/** A config to begin with, and what is left to do for the frameworks of this project. */
export const init: Command = {
  name: "init",
  usage: "init [--json]",
  withoutJournal: true,
  summary: "write a config, and say how to record this project",
  details: [
    "Finds the frameworks in the package.json of this directory, and writes spoor.config.ts (.mts where .ts is no module).",
    "A config that is there stays as it is, and nothing is installed.",
    "",
    "--json  { frameworks, packages, lines, config, written }",
  ],
  async run(args, io) {
    const { positionals, dir, json } = readArguments("init", args, {});
    const surplus = positionals[0] ?? (dir === undefined ? undefined : "--dir");
    if (surplus !== undefined)
      throw new BadInput(
        `init works on the directory it is called in, and takes no ${surplus}: see spoor init --help`,
      );
    const manifest = readManifest(io.cwd);
    const { dependencies, isModule } = manifest ?? { dependencies: [], isModule: false };
    const existing = configFileIn(io.cwd);
    const fresh = isModule ? "spoor.config.ts" : "spoor.config.mts";
    const config = existing === null ? fresh : basename(existing);
    if (existing === null) writeNew(io.cwd, config, starterConfig);
    const wirings = wiringsFor(dependencies);
    const done = { manifest, wirings, config, written: existing === null };
    if (json)
      printJson(io, {
        frameworks: wirings.filter(({ toldBy }) => toldBy.length > 0).map(({ title }) => title),
        packages: packagesFor(wirings),
        lines: wirings.map(({ title, lines, guide }) => ({ title, lines, guide })),
        config,
        written: done.written,
      });
    else printLines(io, nextSteps(done));
    return 0;
  },
};
