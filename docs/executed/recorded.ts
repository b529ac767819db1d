import { strictEqual } from "node:assert";
import process from "node:process";
import { journalReader } from "@spoor/core";

/** Throws unless so many turns were recorded, and have ended, in the folder of this page. */
export function mustHaveRecorded(
  turns: number,
  dir: string = process.env["SPOOR_DIR"] ?? "",
): void {
  const lines = [...journalReader(dir).entries()].map(({ line }) => line);
  strictEqual(lines.filter((line) => line.includes('"type":"turn.ended"')).length, turns);
}
