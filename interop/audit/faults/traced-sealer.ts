import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import process from "node:process";
import { installed } from "../../otel/servers/installed.ts";

/** Which of Node's threads makes a call: its own, or the one that waits for the disk. */
export type Thread = "main" | "disk";

/** What is cut short: a seal and its publication, or the same with another key from now on. */
export type Work = "seal" | "rotate";

/** A call of a thread to the system, and what becomes of it. */
export interface Fault {
  readonly work: Work;
  readonly thread: Thread;
  readonly call: string;
  /** From 1. */
  readonly nth: number;
  readonly kind: FaultKind;
}

export const faultKinds = ["EIO", "ENOSPC", "SIGKILL"] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Ended {
  /** Null: a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What the tracer saw: a line for each call of the thread. */
  readonly calls: readonly string[];
}

/** Makes a process that is ready to seal, but does nothing yet. */
export class TracedSealer {
  readonly #child: ChildProcess;
  readonly #ready: Promise<unknown>;

  constructor(program: string, work: Work) {
    this.#child = spawn(process.execPath, [program, work], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, UV_THREADPOOL_SIZE: "1" },
    });
    this.#ready = once(this.#child.stdout as NodeJS.ReadableStream, "data");
  }

  /** Lets it seal and publish under the eyes of strace, which looks at one thread only. */
  async run(
    thread: Thread,
    expressions: readonly string[],
    place: { readonly dir: string; readonly to: string; readonly log: string },
  ): Promise<Ended> {
    await this.#ready;
    const ended = once(this.#child, "exit");
    const traced = expressions.flatMap((expression) => ["-e", expression]);
    const args = ["-p", String(this.#threadId(thread)), "-o", place.log, ...traced];
    const tracer = spawn(installed("strace"), args, { stdio: ["ignore", "ignore", "pipe"] });
    const tracerEnded = once(tracer, "exit");
    await once(tracer.stderr, "data"); // that it is attached
    this.#child.stdin?.write(`${place.dir}\n${place.to}`);
    const [code, signal] = await ended;
    await tracerEnded;
    return { code, signal, calls: readFileSync(place.log, "utf8").trimEnd().split("\n") };
  }

  stop(): void {
    this.#child.kill("SIGKILL");
  }

  #threadId(thread: Thread): number {
    const { pid = 0 } = this.#child;
    if (thread === "main") return pid;
    const tasks = `/proc/${pid}/task`;
    const id = readdirSync(tasks).find(
      (task) => readFileSync(`${tasks}/${task}/comm`, "utf8").trim() === "libuv-worker",
    );
    if (id === undefined)
      throw new Error("this Node does not name the thread that waits for the disk");
    return Number(id);
  }
}

export function injection({ call, nth, kind }: Fault): readonly string[] {
  const what = kind === "SIGKILL" ? "signal=KILL" : `error=${kind}`;
  return [`trace=${call}`, `inject=${call}:${what}:when=${nth}`];
}
