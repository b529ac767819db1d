import type { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import type { FileSystem } from "../../journal/disk/file-system.ts";
import { isMissing, systemCode } from "../../journal/disk/journal-error.ts";
import { removeIfPossible } from "../../journal/disk/replace-file.ts";

/**
 * Files that are whole or not there, and whose bytes are on the disk before their names are. The names themselves are safe against a power
 * cut once `settle` has resolved. Everything rejects with what the disk says.
 */
export class DurableFiles {
  readonly #top: string;
  readonly #files: FileSystem;
  readonly #unsettled: Set<string> = new Set();

  /** Folders are synced up to `top`. */
  constructor(top: string, files: FileSystem) {
    this.#top = top;
    this.#files = files;
  }

  /** Takes the place of a file that is called so. */
  async replace(path: string, data: string | Buffer): Promise<void> {
    await this.#place(path, data, (draft) => this.#files.rename(draft, path));
  }

  /** Throws `EEXIST` where a file is called so. */
  async make(path: string, data: string | Buffer): Promise<void> {
    await this.#place(path, data, (draft) => this.#files.link(draft, path));
  }

  /** What somebody else has written. */
  async sync(path: string): Promise<void> {
    await this.#files.syncData(path);
    this.#rememberFoldersOf(path);
  }

  async settle(): Promise<void> {
    const folders = [...this.#unsettled].toSorted((left, right) => right.length - left.length);
    for (const folder of folders) {
      await syncFolder(folder, this.#files);
      this.#unsettled.delete(folder);
    }
  }

  async #place(path: string, data: string | Buffer, place: (draft: string) => void): Promise<void> {
    const folder = dirname(path);
    const draft = join(folder, `draft.${randomUUID()}`);
    this.#files.makeFolder(folder);
    try {
      this.#files.create(draft, data);
      await this.#files.syncData(draft);
      place(draft);
      this.#rememberFoldersOf(path);
    } finally {
      removeIfPossible(this.#files, draft);
    }
  }

  #rememberFoldersOf(path: string): void {
    let folder = path;
    do {
      folder = dirname(folder);
      this.#unsettled.add(folder);
    } while (folder !== this.#top && folder !== dirname(folder));
  }
}

const notForFolders: ReadonlySet<string | null> = new Set(["EISDIR", "EPERM", "EINVAL", "EACCES"]);

/** Some platforms sync names by themselves, and refuse to be asked. */
async function syncFolder(folder: string, files: FileSystem): Promise<void> {
  try {
    await files.syncFolder(folder);
  } catch (error) {
    if (!isMissing(error) && !notForFolders.has(systemCode(error))) throw error;
  }
}
