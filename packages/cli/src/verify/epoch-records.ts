import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Io } from "../io.ts";
import { readText } from "./read-trust.ts";

/** The texts of records of epochs: of files, or of all files in a folder, with commas between them. Throws `BadInput` for one that cannot be read. */
export function readEpochs(named: string | undefined, io: Io): readonly string[] {
  return (named ?? "")
    .split(",")
    .filter((name) => name !== "")
    .flatMap((name) => filesOf(name, io))
    .map((file) => readText(file, io));
}

function filesOf(name: string, io: Io): readonly string[] {
  const path = resolve(io.cwd, name);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (!isFolder) return [name];
  return readdirSync(path)
    .filter((file) => /^\d+$/.test(file))
    .map((file) => join(path, file));
}
