import { randomBytes } from "node:crypto";
import type { Buffer } from "node:buffer";
import { join } from "node:path";
import type { FileSystem } from "./file-system.ts";
import { hashedName, keysFolder, namesIn } from "./layout.ts";
import { replaceFile } from "./replace-file.ts";

const keyBytes = 32;
const mostRemembered = 1024;

/** The secret of each subject of a lane. Unlinking it makes the subject's references unguessable. */
export class SubjectKeys {
  readonly #folder: string;
  readonly #files: FileSystem;
  readonly #onFailure: (error: unknown) => void;
  /** Least recently used first. */
  readonly #remembered: Map<string, Buffer> = new Map();
  /** Of the remembered ones, those that were made here and are not on disk. */
  readonly #unwritten: Set<string> = new Set();

  constructor(lane: string, files: FileSystem, onFailure: (error: unknown) => void) {
    this.#folder = keysFolder(lane);
    this.#files = files;
    this.#onFailure = onFailure;
  }

  /** Never throws: a key that cannot be written down holds for as long as this process remembers it. */
  keyOf(subject: string): Buffer {
    const key = this.#remembered.get(subject) ?? this.#find(subject);
    this.#remembered.delete(subject);
    this.#remembered.set(subject, key);
    if (this.#remembered.size > mostRemembered) this.#forgetOldest();
    return key;
  }

  /** Tries again to write down what could not be written. Never throws. */
  writeDown(): void {
    for (const subject of this.#unwritten) {
      const key = this.#remembered.get(subject);
      if (key && !this.#writeWhereMissing(subject, key)) return;
    }
  }

  /** For a lane whose folder was removed: all that is remembered. Never throws. */
  writeAllDown(): void {
    for (const subject of this.#remembered.keys()) this.#unwritten.add(subject);
    this.writeDown();
  }

  /**
   * The next time there is a new one. What was begun and never got its name goes, too: nobody can tell whose key it was to be. Throws what the
   * disk says. `subject`: as it is called on disk.
   */
  erase(subject: string): void {
    this.#files.remove(join(this.#folder, subject));
    for (const name of namesIn(this.#folder))
      if (name.startsWith("draft.")) this.#files.remove(join(this.#folder, name));
    for (const known of this.#remembered.keys()) {
      if (hashedName(known) !== subject) continue;
      this.#remembered.delete(known);
      this.#unwritten.delete(known);
    }
  }

  /** One that is there and cannot be read now is not replaced: what lies under it would lose its secret. */
  #find(subject: string): Buffer {
    const key = randomBytes(keyBytes);
    this.#unwritten.add(subject);
    return (
      this.#attempt(() => {
        const found = this.#read(subject);
        if (!found) this.#write(subject, key);
        this.#unwritten.delete(subject);
        return found;
      }) ?? key
    );
  }

  #writeWhereMissing(subject: string, key: Buffer): boolean {
    return (
      this.#attempt(() => {
        if (!this.#read(subject)) this.#write(subject, key);
        return this.#unwritten.delete(subject);
      }) ?? false
    );
  }

  #attempt<Result>(work: () => Result): Result | null {
    try {
      return work();
    } catch (error) {
      this.#onFailure(error);
      return null;
    }
  }

  /** Null: there is none, or it is no key. */
  #read(subject: string): Buffer | null {
    const path = this.#path(subject);
    if (!this.#files.exists(path)) return null;
    const key = this.#files.readWhole(path);
    return key.length === keyBytes ? key : null;
  }

  #write(subject: string, key: Buffer): void {
    replaceFile(this.#files, this.#path(subject), key);
  }

  #forgetOldest(): void {
    for (const subject of this.#remembered.keys()) {
      this.#remembered.delete(subject);
      this.#unwritten.delete(subject);
      return;
    }
  }

  #path(subject: string): string {
    return join(this.#folder, hashedName(subject));
  }
}
