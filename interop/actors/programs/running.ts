import { fork } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { compileCache } from "../../audit/spoor-command.ts";
import type { Job, ProducerJob, Said, WorkerJob } from "./job.ts";

type Saying = Said["says"];
type SaidAs<Kind extends Saying> = Said & { readonly says: Kind };

/** A program in a process of its own, on the sources as they are, with nothing of this machine's. */
export interface Running {
  /** All of a kind that it has said so far. */
  heard<Kind extends Saying>(kind: Kind): readonly SaidAs<Kind>[];
  /** Resolves to the first so many things of a kind that it said; rejects with what it printed when it ends before. */
  says<Kind extends Saying>(kind: Kind, count?: number): Promise<readonly SaidAs<Kind>[]>;
  /** With SIGKILL, which it cannot notice. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves to its last words, when it has ended. */
  stop(): Promise<SaidAs<"closed">>;
}

/** What the programs are given: a journal, and what they shall do. */
export const startProducer = (journal: string, job: ProducerJob): Running =>
  start("producer", journal, job);
export const startWorker = (journal: string, job: WorkerJob): Running =>
  start("worker", journal, job);
export const startUndertaker = (journal: string, job: Job): Running =>
  start("undertaker", journal, job);

/** More than this no program here needs, however many messages it sees. */
const heap = "--max-old-space-size=96";

function start(program: string, journal: string, job: Job): Running {
  const { PATH } = process.env;
  const file = fileURLToPath(new URL(`${program}.ts`, import.meta.url));
  const child = fork(file, [JSON.stringify(job)], {
    execArgv: ["--conditions=@spoor/source", heap],
    env: {
      PATH,
      HOME: journal,
      CLAUDE_CONFIG_DIR: journal,
      SPOOR_DIR: journal,
      NODE_COMPILE_CACHE: compileCache,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const heard = new Map<Saying, Said[]>();
  let printed = "";
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  child.on("message", (message) => {
    const said = message as Said;
    const before = heard.get(said.says);
    if (before) before.push(said);
    else heard.set(said.says, [said]);
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const closed = once(child, "close");
  const heardAs = <Kind extends Saying>(kind: Kind): readonly SaidAs<Kind>[] =>
    (heard.get(kind) ?? []) as readonly Said[] as readonly SaidAs<Kind>[];
  const says: Running["says"] = async (kind, count = 1) => {
    while (heardAs(kind).length < count) {
      if (hasEnded()) throw new Error(`${program} ended early: ${printed}`);
      await Promise.race([once(child, "message"), closed]);
    }
    return heardAs(kind).slice(0, count);
  };
  return {
    heard: heardAs,
    says,
    kill: async () => {
      child.kill("SIGKILL");
      await closed;
      if (child.signalCode !== "SIGKILL") throw new Error(`${program} had ended: ${printed}`);
    },
    stop: async () => {
      if (child.connected) child.send("stop");
      const [last] = await says("closed");
      await closed;
      if (!last || child.exitCode !== 0) throw new Error(`${program} ended badly: ${printed}`);
      return last;
    },
  };
}
