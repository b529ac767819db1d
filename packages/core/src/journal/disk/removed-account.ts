import { isRecord } from "../../vocabulary/json.ts";
import type { Tail } from "../journal.ts";
import type { FileSystem } from "./file-system.ts";
import { isMissing } from "./journal-error.ts";
import { removedFile } from "./layout.ts";
import { parseJson } from "./parse-json.ts";
import { emptyTail, readTail } from "./recovery.ts";
import { replaceFile } from "./replace-file.ts";

/** What the bound has removed from a lane, in all its processes. */
export interface RemovedAccount {
  readonly entries: number;
  readonly bytes: number;
  /** Of the entries: those that somebody had still to read, as far as the writer was told. */
  readonly undelivered: number;
  /** The lane's tail, when something last went. */
  readonly tail: Tail;
  /** The segment that was counted last, and may not be gone yet. */
  readonly removing: number | null;
}

export function readAccount(lane: string, files: FileSystem): RemovedAccount {
  const account = parseJson(textOf(removedFile(lane), files));
  const { entries, bytes, undelivered, removing, tail } = isRecord(account) ? account : {};
  return {
    entries: typeof entries === "number" ? entries : 0,
    bytes: typeof bytes === "number" ? bytes : 0,
    undelivered: typeof undelivered === "number" ? undelivered : 0,
    tail: readTail(tail) ?? emptyTail,
    removing: typeof removing === "number" ? removing : null,
  };
}

export function writeAccount(lane: string, account: RemovedAccount, files: FileSystem): void {
  replaceFile(files, removedFile(lane), `${JSON.stringify(account)}\n`);
}

function textOf(path: string, files: FileSystem): string {
  try {
    return files.readWhole(path).toString("utf8");
  } catch (error) {
    if (isMissing(error)) return "";
    throw error;
  }
}
