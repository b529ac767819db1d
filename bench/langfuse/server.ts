import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Answer, Order } from "./server-process.ts";

/** A Langfuse on this machine that keeps the rules of Langfuse's own server, and can be told to be away or unwell. */
export interface Langfuse {
  readonly url: string;
  readonly publicKey: string;
  readonly secretKey: string;
  down(): Promise<void>;
  up(): Promise<void>;
  suffers(fault: Extract<Order, { readonly suffers: string }>["suffers"]): Promise<void>;
  /** What has arrived once nothing more comes: a client may say that it is done while its last requests are under way. */
  received(counted: string): Promise<Answer>;
  stop(): void;
}

const file = fileURLToPath(new URL("server-process.ts", import.meta.url));
const quietMs = 300;

export async function startLangfuse(version: string): Promise<Langfuse> {
  const child = fork(file, {
    execArgv: ["--conditions=@spoor/source"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const { url, publicKey, secretKey } = await ask(child, { start: version });
  return {
    url,
    publicKey,
    secretKey,
    down: async () => void (await ask(child, { down: true })),
    up: async () => void (await ask(child, { up: true })),
    suffers: async (fault) => void (await ask(child, { suffers: fault })),
    async received(counted) {
      let answer = await ask(child, { count: counted });
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, quietMs));
        const again = await ask(child, { count: counted });
        if (again.requests === answer.requests) return again;
        answer = again;
      }
    },
    stop: () => void child.kill(),
  };
}

async function ask(child: ChildProcess, order: Order): Promise<Answer> {
  const answered = once(child, "message");
  child.send(order);
  const [answer]: readonly Answer[] = await answered;
  if (!answer) throw new Error("the Langfuse of the benchmark did not answer");
  return answer;
}
