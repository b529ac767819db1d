import { dirname } from "node:path";
import { nodeFileSystem, type FileSystem } from "./file-system.ts";
import { asError, isMissing, systemCode } from "./journal-error.ts";

/**
 * Makes written files safe against a power cut, many writes at a time: while one sync runs, the next one gathers. Files are synced through
 * descriptors of their own, so that nobody has to wait before closing one.
 */
export class GroupCommit {
  readonly #dir: string;
  readonly #files: FileSystem;
  readonly #unsafe: Set<string> = new Set();
  /** Files whose folders know of them, so that they are found again after a power cut. */
  readonly #rooted: Set<string> = new Set();
  #running: Promise<void> | null = null;
  #failure: Error | null = null;

  /** Folders are synced up to `dir`. */
  constructor(dir: string, files: FileSystem = nodeFileSystem) {
    this.#dir = dir;
    this.#files = files;
  }

  /** Why the last sync failed; null as soon as one succeeds. */
  get failure(): Error | null {
    return this.#failure;
  }

  add(path: string): void {
    this.#unsafe.add(path);
    this.#running ??= this.#run();
  }

  /** Resolves when everything added so far was tried. Never rejects. */
  settled(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    while (this.#unsafe.size > 0) {
      const paths = [...this.#unsafe];
      this.#unsafe.clear();
      let failure: Error | null = null;
      for (const path of paths) failure = (await this.#commit(path)) ?? failure;
      this.#failure = failure;
    }
    this.#running = null;
  }

  async #commit(path: string): Promise<Error | null> {
    try {
      await this.#files.syncData(path);
      if (!this.#rooted.has(path)) await this.#root(path);
      return null;
    } catch (error) {
      // The bound has removed it since.
      return isMissing(error) ? null : asError(error);
    }
  }

  async #root(path: string): Promise<void> {
    for (const folder of foldersAbove(path, this.#dir)) await syncFolder(folder, this.#files);
    if (this.#rooted.size >= mostRooted) this.#rooted.clear();
    this.#rooted.add(path);
  }
}

const mostRooted = 4096;

const notForFolders: ReadonlySet<string | null> = new Set(["EISDIR", "EPERM", "EINVAL", "EACCES"]);

/** What was written to a file is found again after a power cut, in the folders that lead to it. Rejects with what the disk says. */
export async function syncWritten(path: string, dir: string, files: FileSystem): Promise<void> {
  await files.syncData(path);
  for (const folder of foldersAbove(path, dir)) await syncFolder(folder, files);
}

/** The same, for whoever cannot let others go on before it is so. Throws what the disk says. */
export function syncWrittenNow(path: string, dir: string, files: FileSystem): void {
  files.syncNow(path);
  for (const folder of foldersAbove(path, dir))
    try {
      files.syncNow(folder);
    } catch (error) {
      if (!isNotForFolders(error)) throw error;
    }
}

/** Up to `dir`. */
function* foldersAbove(path: string, dir: string): Generator<string> {
  let folder = path;
  do {
    folder = dirname(folder);
    yield folder;
  } while (folder !== dir && folder !== dirname(folder));
}

/** Makes what was made and removed in a folder safe against a power cut. Some platforms sync names by themselves, and refuse to be asked. */
export async function syncFolder(folder: string, files: FileSystem): Promise<void> {
  try {
    await files.syncFolder(folder);
  } catch (error) {
    if (!isNotForFolders(error)) throw error;
  }
}

const isNotForFolders = (error: unknown): boolean =>
  isMissing(error) || notForFolders.has(systemCode(error));
