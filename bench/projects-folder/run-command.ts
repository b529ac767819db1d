import { spawn } from "node:child_process";
import { once } from "node:events";
import { stopwatch } from "../clock.ts";

/** What a process took from its start to its end. */
export interface Taken {
  /** Seconds by the clock. */
  readonly elapsed: number;
  /** Seconds of processor time. */
  readonly spent: number;
  /** The most memory it has had, in MB. */
  readonly peak: number;
}

/** Leaves on descriptor 3 what the process took. */
const leaveUsage = `data:text/javascript,${encodeURIComponent(
  'import { writeFileSync } from "node:fs"; process.on("exit", () => writeFileSync(3, JSON.stringify(process.resourceUsage())));',
)}`;

/** Runs a command that is written in JavaScript, with nothing to type and nothing to see. Throws where it fails. */
export async function runCommand(
  flags: readonly string[],
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Taken> {
  const watch = stopwatch();
  const child = spawn(process.execPath, [...flags, "--import", leaveUsage, ...command], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  let usage = "";
  child.stdio[3]?.on("data", (chunk: Buffer) => (usage += chunk.toString()));
  const [code]: readonly unknown[] = await once(child, "close");
  const elapsed = watch.elapsed() / 1_000;
  if (code !== 0)
    throw new Error(`expected ${command.join(" ")} to succeed, received ${String(code)}`);
  const { userCPUTime, systemCPUTime, maxRSS }: NodeJS.ResourceUsage = JSON.parse(usage);
  return { elapsed, spent: (userCPUTime + systemCPUTime) / 1_000_000, peak: maxRSS / 1_024 };
}
