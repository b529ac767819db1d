import type { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import type { FileSystem } from "../../journal/disk/file-system.ts";
import { isMissing, systemCode } from "../../journal/disk/journal-error.ts";
import { namesIn } from "../../journal/disk/layout.ts";
import { removeIfPossible } from "../../journal/disk/replace-file.ts";

export interface Modes {
  readonly file: number;
  readonly folder: number;
}

const forOwner: Modes = { file: 0o600, folder: 0o700 };
/** As far as the process's umask lets them. */
export const forEverybody: Modes = { file: 0o666, folder: 0o777 };

/**
 * Files that are whole or not there, and whose bytes are on the disk before their names are. The names themselves are safe against a power
 * cut once `settle` has resolved. Everything rejects with what the disk says.
 */
export class DurableFiles {
  readonly #top: string;
  readonly #files: FileSystem;
  readonly #modes: Modes;
  readonly #unsettled: Set<string> = new Set();

  /** Folders are synced up to `top`. */
  constructor(top: string, files: FileSystem, modes: Modes = forOwner) {
    this.#top = top;
    this.#files = files;
    this.#modes = modes;
  }

  /** Takes the place of a file that is called so. */
  async replace(path: string, data: string | Buffer): Promise<void> {
    await this.#place(path, data, (draft) => this.#files.rename(draft, path));
  }

  /** Throws `EEXIST` where a file is called so. */
  async make(path: string, data: string | Buffer): Promise<void> {
    await this.#place(path, data, (draft) => {
      this.#files.link(draft, path);
      removeIfPossible(this.#files, draft);
    });
  }

  /** What somebody else has written. */
  async sync(path: string): Promise<void> {
    await this.#files.syncData(path);
    this.#rememberFoldersOf(path);
  }

  /** Removes what processes have left in a folder that were killed: for whoever is alone there. */
  clear(folder: string): void {
    for (const name of namesIn(folder))
      if (name.startsWith(draftPrefix)) removeIfPossible(this.#files, join(folder, name));
  }

  async settle(): Promise<void> {
    const folders = [...this.#unsettled].toSorted((left, right) => right.length - left.length);
    for (const folder of folders) {
      await syncFolder(folder, this.#files);
      this.#unsettled.delete(folder);
    }
  }

  async #place(path: string, data: string | Buffer, place: (draft: string) => void): Promise<void> {
    const draft = join(dirname(path), `${draftPrefix}${randomUUID()}`);
    try {
      this.#create(draft, data);
      await this.#files.syncData(draft);
      place(draft);
      this.#rememberFoldersOf(path);
    } catch (error) {
      removeIfPossible(this.#files, draft);
      throw error;
    }
  }

  /** Makes the folder only where that is needed: asking each time costs more than the file. */
  #create(path: string, data: string | Buffer): void {
    const { file, folder } = this.#modes;
    try {
      this.#files.create(path, data, file);
    } catch (error) {
      if (!isMissing(error)) throw error;
      this.#files.makeFolder(dirname(path), folder);
      this.#files.create(path, data, file);
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

const draftPrefix = "draft.";
const notForFolders: ReadonlySet<string | null> = new Set(["EISDIR", "EPERM", "EINVAL", "EACCES"]);

/** Some platforms sync names by themselves, and refuse to be asked. */
async function syncFolder(folder: string, files: FileSystem): Promise<void> {
  try {
    await files.syncFolder(folder);
  } catch (error) {
    if (!isMissing(error) && !notForFolders.has(systemCode(error))) throw error;
  }
}
