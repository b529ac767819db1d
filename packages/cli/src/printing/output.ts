import type { Io } from "../io.ts";
import { printable } from "./printable.ts";

/** Exactly one JSON document. */
export function printJson({ stdout }: Io, value: unknown): void {
  stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** A long text in pieces, no faster than it is read. */
export async function printPieces({ stdout }: Io, pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces)
    if (stdout.write(piece) === false && stdout.once)
      await new Promise<void>((resolve) => stdout.once?.("drain", resolve));
}

export function printLines({ stdout }: Io, lines: Iterable<string>): void {
  for (const line of lines) stdout.write(`${line}\n`);
}

/** One sentence for people, beside the output proper, whatever names from outside it holds. A list in it may have lines of its own. */
export function warn({ stderr }: Pick<Io, "stderr">, sentence: string): void {
  stderr.write(`spoor: ${sentence.split("\n").map(printable).join("\n")}\n`);
}

/** Asked for by a terminal, unless the user does not want it (no-color.org). */
export function wantsColor({ stdout, env }: Io): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"]) return env["FORCE_COLOR"] !== "0";
  return stdout.isTTY === true && env["TERM"] !== "dumb";
}

/** What is not read on a terminal is not cut: somebody may look for the end of a line. */
export function lineWidth({ stdout }: Io): number {
  return stdout.isTTY === true && stdout.columns ? stdout.columns : Infinity;
}

export const plural = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? "" : "s"}`;
