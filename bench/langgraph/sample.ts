import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Mode } from "./agent.ts";
import type { WayName } from "./ways.ts";

export interface SampleOrder {
  readonly way: WayName;
  readonly mode: Mode;
  readonly warmUp: number;
  readonly turns: number;
  readonly scratch: string;
}

/** All but the last two a turn. */
export interface Sample {
  /** Milliseconds of processor time, exporting included. */
  readonly spent: number;
  readonly elapsed: number;
  /** Bytes that are still referred to after a flush. */
  readonly retained: number;
  /** Bytes over the wire. */
  readonly sent: number;
  /** The share of the spans that arrived; NaN where none are sent. */
  readonly delivered: number | null;
  /** How many one turn has where nothing is lost. */
  readonly spans: number;
}

const file = new URL("sample-process.ts", import.meta.url);

export const takeSample = (order: SampleOrder): Sample => answerOf(file, order) as Sample;

/** What a process of its own says to an order. Nothing of what one does is left to the next: its folders are its own. */
export function answerOf(file: URL, order: { readonly scratch: string }): unknown {
  const scratch = mkdtempSync(join(order.scratch, "sample-"));
  const conditions = process.execArgv.filter((flag) => flag.startsWith("--conditions="));
  const said = execFileSync(
    process.execPath,
    [...conditions, "--expose-gc", fileURLToPath(file), JSON.stringify({ ...order, scratch })],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
      env: { PATH: process.env["PATH"], HOME: scratch, SPOOR_DIR: join(scratch, ".spoor") },
    },
  );
  return JSON.parse(said);
}
