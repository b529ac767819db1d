import process from "node:process";
import type { Said } from "./job.ts";

/** What it was started with: the test that did so knows what this program takes. */
export const given: unknown = JSON.parse(process.argv[2] ?? "null");

/** To the test. */
export function say(said: Said): void {
  process.send?.(said);
}

/** Resolves when the test wants the program to end. */
export function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once("message", () => resolve()).once("disconnect", () => resolve());
  });
}
