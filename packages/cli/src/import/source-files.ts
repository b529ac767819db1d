import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { BadInput } from "../bad-input.ts";

const recording = /\.(?:jsonl|ndjson)$/;

/** The files that are meant: those named, and of each folder the `.jsonl` and `.ndjson` files in it. All can be read, or `BadInput` says why not. */
export function sourceFiles(named: readonly string[], cwd: string): readonly string[] {
  const files = named.flatMap((name) => filesAt(resolve(cwd, name), name));
  for (const file of files) checkReadable(file);
  return [...new Set(files)];
}

function filesAt(path: string, name: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new BadInput(`there is no file ${name}`);
  if (found.isFile()) return [path];
  if (!found.isDirectory()) throw new BadInput(`${name} is neither a file nor a folder`);
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && recording.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  if (files.length === 0) throw new BadInput(`there is no .jsonl or .ndjson file in ${name}`);
  return files.toSorted();
}

function checkReadable(file: string): void {
  try {
    accessSync(file, constants.R_OK);
  } catch (error) {
    throw new BadInput(`${file} cannot be read: check its permissions`, { cause: error });
  }
}
