import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { threadId } from "node:worker_threads";
import { isRecord } from "../../vocabulary/json.ts";
import { systemCode } from "./journal-error.ts";

/** Which process, in a way that a later process can check. Null: this platform does not tell. */
export interface ProcessIdentity {
  readonly host: string;
  readonly boot: string | null;
  readonly pid: number;
  /** In clock ticks since the boot: tells a process from a later one with the same pid. */
  readonly started: string | null;
  /** For people: which worker thread it was. */
  readonly thread: number;
}

export function ownIdentity(): ProcessIdentity {
  return {
    host: hostname(),
    boot: firstLine("/proc/sys/kernel/random/boot_id"),
    pid: process.pid,
    started: processStatus(process.pid)?.started ?? null,
    thread: threadId,
  };
}

/** Null: not written by this code, or not whole. */
export function parseIdentity(value: unknown): ProcessIdentity | null {
  if (!isRecord(value)) return null;
  const { host, boot, pid, started, thread } = value;
  if (typeof host !== "string" || typeof pid !== "number" || typeof thread !== "number")
    return null;
  if (!isTextOrNull(boot) || !isTextOrNull(started)) return null;
  return { host, boot, pid, started, thread };
}

/** Whether that process is certainly gone. False also where this host cannot tell: a pid says nothing about another host. */
export function isGone(identity: ProcessIdentity): boolean {
  const here = ownIdentity();
  if (identity.host !== here.host) return false;
  if (identity.boot !== null && here.boot !== null && identity.boot !== here.boot) return true;
  if (!pidExists(identity.pid)) return true;
  const status = processStatus(identity.pid);
  if (!status) return false;
  return status.zombie || (identity.started !== null && identity.started !== status.started);
}

function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== "ESRCH";
  }
}

/** From Linux's process table. The name of the program stands in parentheses and may itself hold some. */
function processStatus(pid: number): { readonly started: string; readonly zombie: boolean } | null {
  const line = firstLine(`/proc/${pid}/stat`);
  const [state, ...fields] = line?.slice(line.lastIndexOf(")") + 2).split(" ") ?? [];
  const started = fields[18];
  return started === undefined ? null : { started, zombie: state === "Z" || state === "X" };
}

/** Null: not on this platform, or not for us to read. */
function firstLine(path: string): string | null {
  try {
    return readFileSync(path, "utf8").split("\n", 1)[0] ?? null;
  } catch {
    return null;
  }
}

const isTextOrNull = (value: unknown): value is string | null =>
  value === null || typeof value === "string";
