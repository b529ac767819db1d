import { inspect } from "node:util";
import { nearestName } from "@spoor/core";
import { asksForHelp } from "./typed/arguments.ts";
import { BadInput } from "./bad-input.ts";
import type { Command } from "./command.ts";
import { cost } from "./commands/cost.ts";
import { doctor } from "./commands/doctor.ts";
import { erase } from "./commands/erase.ts";
import { exportRecord } from "./commands/export.ts";
import { find } from "./commands/find.ts";
import { hook } from "./commands/hook.ts";
import { importRecordings } from "./commands/import.ts";
import { init } from "./commands/init.ts";
import { prove } from "./commands/prove.ts";
import { retain } from "./commands/retain.ts";
import { seal } from "./commands/seal.ts";
import { sessions } from "./commands/sessions.ts";
import { show } from "./commands/show.ts";
import { tail } from "./commands/tail.ts";
import { verify } from "./commands/verify.ts";
import { verifyCheckpoints } from "./commands/verify-checkpoints.ts";
import { verifyProof } from "./commands/verify-proof.ts";
import { why } from "./commands/why.ts";
import { commandHelp, type CommandGroup, helpLines } from "./help.ts";
import type { ExitCode, Io } from "./io.ts";
import { printLines, warn } from "./printing/output.ts";
import { sentenceOf } from "./printing/sentence-of.ts";
import { version } from "./version.ts";

const groups: readonly CommandGroup[] = [
  { title: "What happened", commands: [sessions, show, find, why, cost, tail] },
  { title: "In and out", commands: [init, importRecordings, hook, exportRecord, doctor] },
  { title: "Evidence", commands: [seal, verify, prove, verifyProof, verifyCheckpoints] },
  { title: "Keeping and forgetting", commands: [retain, erase] },
];
const commands: readonly Command[] = groups.flatMap(({ commands: grouped }) => grouped);

/** Runs one command line. Never rejects: what goes wrong is one sentence on stderr and the exit code, and its stack for who asks with SPOOR_DEBUG. */
export async function spoor(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    warn(io, sentenceOf(error));
    if (io.env["SPOOR_DEBUG"]) io.stderr.write(`${inspect(error)}\n`);
    return 2;
  }
}

async function dispatch([name, ...rest]: readonly string[], io: Io): Promise<ExitCode> {
  if (name === "help" && rest[0] !== undefined) return dispatch([rest[0], "--help"], io);
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    printLines(io, helpLines(groups));
    return 0;
  }
  if (name === "--version" || name === "-v") {
    printLines(io, [version()]);
    return 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) throw unknownCommand(name);
  if (asksForHelp(rest)) {
    printLines(io, commandHelp(command));
    return 0;
  }
  return command.run(rest, io);
}

function unknownCommand(name: string): BadInput {
  if (name.startsWith("-"))
    return new BadInput(`${name} stands before a command: options go behind it, see spoor --help`);
  const names = commands.map((command) => command.name);
  const nearest = nearestName(name, names);
  const advice = nearest === null ? ": see spoor --help" : `: did you mean spoor ${nearest}?`;
  return new BadInput(`there is no command ${name}${advice}`);
}
