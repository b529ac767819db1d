import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { emptyRoot, type Head } from "./consistency.ts";

/** What a witness has seen last of each log. It lies on disk before anybody is told. */
export interface Memory {
  /** The empty tree, where it has seen none. */
  lastOf(origin: string): Head;
  /** Remembers the newer head where the older one still is the last. False: it is not. */
  replace(origin: string, older: Head, newer: Head): boolean;
}

export function memoryIn(folder: string): Memory {
  const fileOf = (origin: string): string =>
    join(folder, `${createHash("sha256").update(origin).digest("hex")}.head`);
  const lastOf = (origin: string): Head => readHead(fileOf(origin));
  return {
    lastOf,
    replace: (origin, older, newer) => {
      const last = lastOf(origin);
      if (last.size !== older.size || !last.root.equals(older.root)) return false;
      writeHead(fileOf(origin), newer);
      return true;
    },
  };
}

function readHead(file: string): Head {
  try {
    const [size = "", root = ""] = readFileSync(file, "utf8").split("\n");
    return { size: BigInt(size), root: Buffer.from(root, "hex") };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return { size: 0n, root: emptyRoot };
    throw error;
  }
}

function writeHead(file: string, { size, root }: Head): void {
  const draft = `${file}.draft`;
  const fd = openSync(draft, "w", 0o600);
  try {
    writeSync(fd, `${size}\n${root.toString("hex")}\n`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(draft, file);
}
