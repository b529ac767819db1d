import { statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type Config, ConfigError, journalFolder } from "@spoor/core";
import { BadInput } from "../bad-input.ts";
import { configHere } from "../config-here.ts";
import type { Io } from "../io.ts";
import { warn } from "../printing/output.ts";

/** As `--dir` says, else the config of this directory, else `SPOOR_DIR`. Throws `ConfigError` for a config that cannot be used. */
export async function journalFolderFor(dir: string | undefined, io: Io): Promise<string> {
  return dir === undefined ? folderOf(await configHere(io), io) : named(dir, io);
}

/** Of a journal that has to be there: to say that it holds nothing would hide a mistyped name. */
export async function existingJournalFolder(dir: string | undefined, io: Io): Promise<string> {
  return existing(await journalFolderFor(dir, io), dir, io);
}

/** What a command goes by that only reads. */
export interface Readable {
  readonly folder: string;
  /** Null: nobody had to ask for it. */
  readonly config: Config | null;
}

/**
 * Of a journal that is only read, and may not be there yet. It can be read whatever the config says: one that cannot be used, as where a variable is
 * missing that the application has, is told of and left out. Throws its `ConfigError` where there is no journal without it.
 */
export async function readableFolder(dir: string | undefined, io: Io): Promise<Readable> {
  if (dir !== undefined) return { folder: named(dir, io), config: null };
  try {
    const config = await configHere(io);
    return { folder: folderOf(config, io), config };
  } catch (error) {
    const folder = journalFolder(undefined, io.env, io.cwd);
    if (!ConfigError.is(error) || !isFolder(folder)) throw error;
    warn(io, `read without the config, from ${folder}, because ${error.message}`);
    return { folder, config: {} };
  }
}

/** The same of one that has to be there. */
export async function readableJournal(dir: string | undefined, io: Io): Promise<Readable> {
  const readable = await readableFolder(dir, io);
  existing(readable.folder, dir, io);
  return readable;
}

const named = (dir: string, { env, cwd }: Io): string => journalFolder(dir, env, cwd);

function folderOf({ journal }: Config, { env, cwd }: Io): string {
  if (journal === "memory")
    throw new BadInput("the config keeps the journal in memory: name a folder with --dir");
  return journalFolder(journal?.dir, env, cwd);
}

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function existing(folder: string, dir: string | undefined, { cwd }: Io): string {
  if (isFolder(folder)) return folder;
  const above = dir === undefined ? journalAbove(cwd) : null;
  const advice = above === null ? "" : `, as in --dir ${above}`;
  throw new BadInput(
    `there is no journal in ${folder}: record or import something first, or name its folder with --dir${advice}`,
  );
}

/** Somebody may stand in a folder of a project below the one that it is recorded in. */
function journalAbove(workingDirectory: string): string | null {
  for (let folder = workingDirectory; folder !== dirname(folder); folder = dirname(folder)) {
    const journal = journalFolder(undefined, {}, dirname(folder));
    if (isFolder(join(journal, "lanes"))) return relative(workingDirectory, journal);
  }
  return null;
}
