import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { isRecord } from "@spoor/core";
import type { FileCounts } from "./file-counts.ts";
import type { LaneEnd } from "./recorded-sessions.ts";

/** A file of which everything is in the journal, as it was then, and what was found in it. */
export interface ImportedFile extends FileCounts {
  readonly stamp: string;
}

/** What an import leaves for the next one. */
export interface StoredImports {
  /** Who wrote it: another version or build may read more out of the same files. */
  readonly by: string;
  /** What the journal held when it was written. */
  readonly ends: readonly LaneEnd[];
  readonly files: Readonly<Record<string, ImportedFile>>;
}

/** Null: there is none, or it cannot be read. */
export function readImports(path: string): StoredImports | null {
  try {
    const stored: unknown = JSON.parse(readFileSync(path, "utf8"));
    return isStored(stored) ? stored : null;
  } catch {
    return null;
  }
}

/** Whole or not at all, and readable by its owner only. Where it cannot be written, the next import takes longer. */
export function writeImports(path: string, stored: StoredImports): void {
  const draft = `${path}.${randomUUID()}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, `${JSON.stringify(stored)}\n`, { mode: 0o600, flag: "wx" });
    renameSync(draft, path);
  } catch {
    removeIfPossible(draft);
  }
}

/** Nobody reads what is left of it. */
function removeIfPossible(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    return;
  }
}

function isStored(value: unknown): value is StoredImports {
  if (!isRecord(value) || typeof value["by"] !== "string") return false;
  const { ends, files } = value;
  return (
    Array.isArray(ends) &&
    ends.every(isLaneEnd) &&
    isRecord(files) &&
    Object.values(files).every(isImportedFile)
  );
}

function isLaneEnd(value: unknown): value is LaneEnd {
  if (!isRecord(value) || !isRecord(value["position"])) return false;
  const { lane, position, id, recordedAt } = value;
  return (
    typeof lane === "string" &&
    typeof id === "string" &&
    typeof recordedAt === "number" &&
    isCount(position["segment"]) &&
    isCount(position["offset"])
  );
}

function isImportedFile(value: unknown): value is ImportedFile {
  if (!isRecord(value)) return false;
  const { stamp, lines, unknown, malformed, torn, sessions } = value;
  return (
    typeof stamp === "string" &&
    [lines, unknown, malformed].every(isCount) &&
    typeof torn === "boolean" &&
    Array.isArray(sessions) &&
    sessions.every((session) => typeof session === "string")
  );
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;
