import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Part, Word } from "./actor-process.ts";
import { serve } from "./bus/channel.ts";
import type { Mailboxes } from "./bus/mailboxes.ts";
import type { Running } from "./plan-day-out.ts";
import type { Say } from "./say.ts";

export interface Starting {
  /** Where its bus lies, if that is here. */
  readonly mailboxes: Mailboxes;
  readonly environment: NodeJS.ProcessEnv;
  readonly say: Say;
}

const program = fileURLToPath(new URL("actor-process.ts", import.meta.url));

/** Starts an actor in a process of its own, and resolves when it is at work. */
export async function startProcess(
  part: Part,
  { mailboxes, environment, say }: Starting,
): Promise<Running> {
  const child = fork(program, [JSON.stringify(part)], {
    execArgv: ["--conditions=@spoor/source"],
    env: environment,
  });
  const exited = once(child, "exit");
  const [ready, stuck] = [heard(child, "ready"), heard(child, "stuck")];
  child.on("message", (word: Word) => {
    if ("text" in word) say(word.who, word.text);
  });
  serve(child, mailboxes.connect());
  await Promise.race([ready, exited]);
  if (!child.connected) throw new Error(`the process of ${part.name} has ended before it worked`);
  return {
    stuck,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

const heard = (child: ChildProcess, state: "ready" | "stuck"): Promise<void> =>
  new Promise((resolve) => {
    child.on("message", (word: Word) => {
      if ("state" in word && word.state === state) resolve();
    });
  });
