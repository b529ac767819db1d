import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { SpanId, TraceId } from "../../vocabulary/event.ts";
import { isRecord } from "../../vocabulary/json.ts";
import type { Wait, WaitRegister } from "../journal.ts";
import type { FileSystem } from "./file-system.ts";
import { isMissing } from "./journal-error.ts";
import { hashedName, waitsFolder } from "./layout.ts";
import { parseJson } from "./parse-json.ts";
import { removeIfPossible, replaceFile } from "./replace-file.ts";

const mostKept = 1_000;

/**
 * The waits of all lanes, a file each. A wait is claimed by renaming its file, which only one process can do. Nothing throws; what the disk
 * refuses is a failure of the journal. A wait that cannot be left is kept by this process, for its own claims, and left as soon as that is
 * possible; one that cannot be read stays where it is, and for the claimer there is none.
 */
export class DiskWaits implements WaitRegister {
  readonly #folder: string;
  readonly #files: FileSystem;
  readonly #onFailure: (error: unknown) => void;
  /** By file name: could not be left. */
  readonly #kept: Map<string, Wait> = new Map();

  constructor(dir: string, files: FileSystem, onFailure: (error: unknown) => void) {
    this.#folder = waitsFolder(dir);
    this.#files = files;
    this.#onFailure = onFailure;
  }

  leave(wait: Wait): void {
    const name = fileName(wait.session, wait.name);
    this.#kept.delete(name);
    if (this.#kept.size < mostKept) this.#kept.set(name, wait);
    this.#write(name, wait);
  }

  claim(session: string, name: string | true): Wait | null {
    this.writeDown();
    try {
      return name === true
        ? (this.#claimLatestKept(session) ?? this.#claimLatest(session))
        : (this.#claimKept(fileName(session, name)) ?? this.#claimFile(fileName(session, name)));
    } catch (error) {
      this.#onFailure(error);
      return null;
    }
  }

  /**
   * What these sessions wait under is gone, also what is being left or claimed at this moment, or was when a process died. `also`: a session as it is
   * called on disk. Throws what the disk says.
   */
  erase(sessions: ReadonlySet<string>, also: string): void {
    const hashes = new Set([also, ...Array.from(sessions, hashedName)]);
    const isTheirs = (name: string): boolean => hashes.has(name.split(".")[0] ?? "");
    for (const name of this.#kept.keys()) if (isTheirs(name)) this.#kept.delete(name);
    for (const name of this.#names())
      if (isTheirs(name) || (isUnfinished(name) && !this.#isOfOthers(name, hashes)))
        this.#files.remove(join(this.#folder, name));
  }

  /** What cannot be read may be anybody's. */
  #isOfOthers(name: string, hashes: ReadonlySet<string>): boolean {
    try {
      const wait = this.#read(join(this.#folder, name));
      return wait !== null && !hashes.has(hashedName(wait.session));
    } catch (error) {
      if (isMissing(error)) return true;
      throw error;
    }
  }

  /** Tries again to leave what could not be left. Never throws. */
  writeDown(): void {
    for (const [name, wait] of this.#kept) {
      if (!this.#write(name, wait)) return;
    }
  }

  #write(name: string, wait: Wait): boolean {
    try {
      replaceFile(this.#files, join(this.#folder, name), JSON.stringify(wait));
      this.#kept.delete(name);
      return true;
    } catch (error) {
      this.#onFailure(error);
      return false;
    }
  }

  #claimKept(name: string): Wait | null {
    const wait = this.#kept.get(name) ?? null;
    this.#kept.delete(name);
    return wait;
  }

  #claimLatestKept(session: string): Wait | null {
    const latest = [...this.#kept.entries()].findLast(([, wait]) => wait.session === session);
    return latest ? this.#claimKept(latest[0]) : null;
  }

  /** Null: another process was first, or it was never left. */
  #claimFile(name: string): Wait | null {
    const [path, claimed] = [
      join(this.#folder, name),
      join(this.#folder, `claimed.${randomUUID()}`),
    ];
    try {
      this.#files.rename(path, claimed);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
    try {
      const wait = this.#read(claimed);
      removeIfPossible(this.#files, claimed);
      return wait;
    } catch (error) {
      this.#files.rename(claimed, path);
      throw error;
    }
  }

  /** Latest by the time it says, then by the time of its file. */
  #claimLatest(session: string): Wait | null {
    const prefix = `${hashedName(session)}.`;
    const latestFirst = this.#names()
      .filter((name) => name.startsWith(prefix))
      .flatMap((name) => this.#leftIn(name) ?? [])
      .toSorted(
        (left, right) => right.leftAt - left.leftAt || Number(right.written - left.written),
      );
    for (const { name } of latestFirst) {
      const wait = this.#claimFile(name);
      if (wait) return wait;
    }
    return null;
  }

  #names(): readonly string[] {
    try {
      return this.#files.list(this.#folder);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  #leftIn(name: string): LeftWait | null {
    try {
      const path = join(this.#folder, name);
      const written = this.#files.modified(path);
      const wait = this.#read(path);
      return wait && { name, leftAt: wait.leftAt, written };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** Null: not a wait of this version. */
  #read(path: string): Wait | null {
    return waitIn(parseJson(this.#files.readWhole(path).toString("utf8")));
  }
}

interface LeftWait {
  readonly name: string;
  readonly leftAt: number;
  readonly written: bigint;
}

const fileName = (session: string, name: string): string =>
  `${hashedName(session)}.${hashedName(name)}`;

const isUnfinished = (name: string): boolean => /^(?:draft|claimed)\./.test(name);

function waitIn(value: unknown): Wait | null {
  if (!isRecord(value)) return null;
  const { session, name, turnSpanId, suspendedSpanId, traceId, unsampled, leftAt } = value;
  if (typeof session !== "string" || typeof name !== "string" || typeof leftAt !== "number")
    return null;
  if (typeof turnSpanId !== "string" || typeof traceId !== "string") return null;
  return {
    session,
    name,
    turnSpanId: turnSpanId as SpanId,
    ...(typeof suspendedSpanId === "string" ? { suspendedSpanId: suspendedSpanId as SpanId } : {}),
    traceId: traceId as TraceId,
    ...(unsampled === true ? { unsampled } : {}),
    leftAt,
  };
}
