import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { isRecord } from "../../vocabulary/json.ts";
import type { Tail } from "../journal.ts";
import { isMissing } from "./journal-error.ts";
import { removedFile } from "./layout.ts";
import { parseJson } from "./parse-json.ts";
import { emptyTail, readTail } from "./recovery.ts";

/** `removing`: the segment that was counted last, and may not be gone yet. `tail`: the lane's, when it went. */
export interface RemovedAccount {
  readonly entries: number;
  readonly tail: Tail;
  readonly removing: number | null;
}

export function readAccount(lane: string): RemovedAccount {
  const account = parseJson(textOf(removedFile(lane)));
  const { entries, removing, tail } = isRecord(account) ? account : {};
  return {
    tail: readTail(tail) ?? emptyTail,
    entries: typeof entries === "number" ? entries : 0,
    removing: typeof removing === "number" ? removing : null,
  };
}

/** Whole or not at all. */
export function writeAccount(lane: string, account: RemovedAccount): void {
  const draft = `${removedFile(lane)}.${randomUUID()}`;
  writeFileSync(draft, `${JSON.stringify(account)}\n`);
  renameSync(draft, removedFile(lane));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return "";
    throw error;
  }
}
