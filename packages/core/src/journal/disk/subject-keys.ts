import { randomBytes, randomUUID } from "node:crypto";
import type { Buffer } from "node:buffer";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashedName, keysFolder } from "./layout.ts";

const keyBytes = 32;
const mostRemembered = 1024;

/** The secret of each subject of a lane. Unlinking it makes the subject's references unguessable. */
export class SubjectKeys {
  readonly #folder: string;
  readonly #onFailure: (error: unknown) => void;
  /** Least recently used first. */
  readonly #remembered: Map<string, Buffer> = new Map();

  constructor(lane: string, onFailure: (error: unknown) => void) {
    this.#folder = keysFolder(lane);
    this.#onFailure = onFailure;
  }

  /** Never throws: a key that cannot be written down holds for as long as this process remembers it. */
  keyOf(subject: string): Buffer {
    const key = this.#remembered.get(subject) ?? this.#read(subject) ?? this.#make(subject);
    this.#remembered.delete(subject);
    this.#remembered.set(subject, key);
    if (this.#remembered.size > mostRemembered) this.#forgetOldest();
    return key;
  }

  #read(subject: string): Buffer | null {
    try {
      const key = readFileSync(this.#path(subject));
      return key.length === keyBytes ? key : null;
    } catch {
      return null;
    }
  }

  #make(subject: string): Buffer {
    const key = randomBytes(keyBytes);
    try {
      mkdirSync(this.#folder, { recursive: true });
      const draft = `${this.#path(subject)}.${randomUUID()}`;
      writeFileSync(draft, key, { mode: 0o600, flag: "wx" });
      renameSync(draft, this.#path(subject));
    } catch (error) {
      this.#onFailure(error);
    }
    return key;
  }

  #forgetOldest(): void {
    for (const subject of this.#remembered.keys()) {
      this.#remembered.delete(subject);
      return;
    }
  }

  #path(subject: string): string {
    return join(this.#folder, hashedName(subject));
  }
}
