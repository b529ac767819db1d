import { readOptions } from "../typed/arguments.ts";
import type { Command } from "../command.ts";
import { printJson, printLines } from "../printing/output.ts";

/** What is configured by whom, and why something is not recorded or not delivered. */
export const doctor: Command = {
  name: "doctor",
  usage: "doctor [--config FILE] [--connect] [--json]",
  summary: "why something is not recorded or delivered",
  details: [
    "--config FILE  instead of the spoor.config.* of this directory",
    "--connect      see whether something listens where spans would go, and ask it whether it would take them",
    "--json         as docs/spec/config.md describes it",
    "",
    "Changes nothing, and without --connect nothing leaves this machine.",
    "Exit code 1 where a problem was found.",
  ],
  async run(args, io) {
    const kinds = { config: "string", connect: "boolean" } as const;
    const { dir, json, config, connect } = readOptions("doctor", args, kinds);
    const { diagnose } = await import("../doctor/diagnose.ts");
    const { diagnosisLines } = await import("../doctor/diagnosis-lines.ts");
    const diagnosis = await diagnose({
      dir: io.cwd,
      environment: io.env,
      connect: connect ?? false,
      now: io.now(),
      ...(config === undefined ? {} : { file: config }),
      ...(dir === undefined
        ? {}
        : { base: { journal: { dir } }, baseSource: "option --dir" as const }),
    });
    if (json) printJson(io, diagnosis);
    else printLines(io, diagnosisLines(diagnosis));
    return diagnosis.findings.some(({ severity }) => severity === "problem") ? 1 : 0;
  },
};
