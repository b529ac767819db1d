import { performance } from "node:perf_hooks";
import process from "node:process";
import type { Command } from "../command.ts";
import type { recordHook } from "../hook/record-hook.ts";
import type { ExitCode, Io } from "../io.ts";

/** What an agent's program tells a hook, as it happens. It never fails and never answers: a session goes on as if nobody had listened. */
export const hook: Command = hookReading(
  textOnInput,
  // Starting takes a while, and longer when others start as well.
  () => Math.round(performance.timeOrigin),
);

/** By its stream, because reading it at once fails where the input has to be waited for. */
async function textOnInput(): Promise<string> {
  let text = "";
  process.stdin.setEncoding("utf8");
  for await (const piece of process.stdin) text += String(piece);
  return text;
}

/** The same, told otherwise than on standard input. `happenedAt`: milliseconds since the epoch. */
export function hookReading(input: () => Promise<string>, happenedAt: (io: Io) => number): Command {
  return {
    name: "hook",
    usage: "hook claude-code",
    summary: "records one hook event from standard input",
    details: [
      "claude-code   a hook of Claude Code: see the package's README for the settings",
      "",
      "Prints nothing and ends with exit code 0, whatever happens, and waits no longer than",
      "15 seconds for the event. SPOOR_DEBUG=1 says on stderr what went wrong. It runs no",
      "code of the folder it is in: of a config it reads spoor.config.json only.",
    ],
    async run(args, io) {
      try {
        const { recordHook: record } = await recording();
        await record(args, { input, happenedAt: happenedAt(io) }, io);
      } catch (error) {
        complain(error, io);
      }
      return 0 satisfies ExitCode;
    },
  };
}

/** With the journal and the adapter, which no other command should wait for. */
async function recording(): Promise<{ readonly recordHook: typeof recordHook }> {
  return await import("../hook/record-hook.ts");
}

/** To whoever wants to know why an event is missing, and asks with SPOOR_DEBUG. */
export function complain(error: unknown, { env, stderr }: Pick<Io, "env" | "stderr">): void {
  if (!env["SPOOR_DEBUG"]) return;
  const reason = error instanceof Error ? error.message : String(error);
  stderr.write(`spoor hook: not recorded: ${reason.replaceAll(/\s+/g, " ")}\n`);
}
