import { strictEqual } from "node:assert";
import { journalReader } from "@spoor/core";
import { teamOf } from "../a-team.ts";

export const search = async (words: string): Promise<string> => `${words}: 12 km`;
export const team = teamOf("zoo");
export const write = async (facts: unknown): Promise<string> => `It may: ${String(facts)}.`;

export function afterwards(): void {
  const lines = [...journalReader(process.env["SPOOR_DIR"] ?? "").entries()].map(
    ({ line }) => line,
  );
  strictEqual(lines.filter((line) => line.includes('"kind":"task"')).length, 3);
  strictEqual(lines.filter((line) => line.includes('"type":"turn.ended"')).length, 2);
}
