import { readFileSync, readlinkSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { threadId } from "node:worker_threads";
import { isRecord } from "../../vocabulary/json.ts";
import { systemCode } from "./journal-error.ts";

/** Which thread of which process, in a way that another process can check later. Null: this platform does not tell. */
export interface ProcessIdentity {
  readonly host: string;
  readonly boot: string | null;
  readonly pid: number;
  /** In clock ticks since the boot: tells a process from a later one with the same pid. */
  readonly started: string | null;
  /** For people: which worker thread it was. */
  readonly thread: number;
  /** The thread as the system knows it: a worker can be gone while its process lives on. */
  readonly task: TaskIdentity | null;
}

export interface TaskIdentity {
  readonly id: number;
  /** In clock ticks since the boot. */
  readonly started: string;
}

export function ownIdentity(): ProcessIdentity {
  return {
    host: hostname(),
    boot: firstLine("/proc/sys/kernel/random/boot_id"),
    pid: process.pid,
    started: statusAt(`/proc/${process.pid}`)?.started ?? null,
    thread: threadId,
    task: ownTask(),
  };
}

/** Of the thread that asks: a synchronous call is made by the thread itself. */
function ownTask(): TaskIdentity | null {
  try {
    const id = Number(/^\d+\/task\/(\d+)$/.exec(readlinkSync("/proc/thread-self"))?.[1]);
    const status = statusAt(taskFolder(process.pid, id));
    return status && { id, started: status.started };
  } catch {
    return null;
  }
}

const taskFolder = (pid: number, task: number): string => `/proc/${pid}/task/${task}`;

/** Null: not written by this code, or not whole. */
export function parseIdentity(value: unknown): ProcessIdentity | null {
  if (!isRecord(value)) return null;
  const { host, boot, pid, started, thread } = value;
  if (typeof host !== "string" || typeof pid !== "number" || typeof thread !== "number")
    return null;
  if (!isTextOrNull(boot) || !isTextOrNull(started)) return null;
  return { host, boot, pid, started, thread, task: parseTask(value["task"]) };
}

function parseTask(value: unknown): TaskIdentity | null {
  if (!isRecord(value)) return null;
  const { id, started } = value;
  return typeof id === "number" && typeof started === "string" ? { id, started } : null;
}

/**
 * Whether that thread is certainly gone, with its process or before it. False also where this host cannot tell: a pid says nothing about
 * another host, and not every system lists its threads.
 */
export function isGone(identity: ProcessIdentity): boolean {
  const here = ownIdentity();
  if (identity.host !== here.host) return false;
  if (identity.boot !== null && here.boot !== null && identity.boot !== here.boot) return true;
  if (!pidExists(identity.pid)) return true;
  const status = statusAt(`/proc/${identity.pid}`);
  if (!status) return false;
  if (status.zombie) return true;
  if (identity.started !== null && identity.started !== status.started) return true;
  return identity.task !== null && isTaskGone(identity.pid, identity.task);
}

/** Asked only where the process itself can be seen: one that hides its threads hides itself. */
function isTaskGone(pid: number, { id, started }: TaskIdentity): boolean {
  const folder = taskFolder(pid, id);
  if (isCertainlyMissing(folder)) return true;
  const status = statusAt(folder);
  return status !== null && (status.zombie || status.started !== started);
}

function isCertainlyMissing(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== "ESRCH";
  }
}

/** Of a process or a thread, from Linux's process table. The name of the program stands in parentheses and may itself hold some. */
function statusAt(folder: string): { readonly started: string; readonly zombie: boolean } | null {
  const line = firstLine(`${folder}/stat`);
  const [state, ...fields] = line?.slice(line.lastIndexOf(")") + 2).split(" ") ?? [];
  const started = fields[18];
  return started === undefined ? null : { started, zombie: state === "Z" || state === "X" };
}

/** Null: not on this platform, or not for us to read. */
function firstLine(path: string): string | null {
  try {
    return readFileSync(path).toString("utf8").split("\n", 1)[0] ?? null;
  } catch {
    return null;
  }
}

const isTextOrNull = (value: unknown): value is string | null =>
  value === null || typeof value === "string";
