import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Answer, Order } from "./collector-process.ts";

/** A loopback collector that takes spans over OTLP/HTTP in JSON, and can be told to be away or busy. */
export interface Collector {
  readonly url: string;
  /** Nothing listens on its port any more; `back` listens there again. */
  away(): Promise<void>;
  back(): Promise<void>;
  /** So many of the next requests are answered with 429 and a Retry-After of a second. */
  busy(requests: number): Promise<void>;
  received(): Promise<Answer>;
  stop(): void;
}

const file = fileURLToPath(new URL("collector-process.ts", import.meta.url));

export async function startCollector(): Promise<Collector> {
  const child = fork(file, { execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const { port } = await ask(child, { listen: 0 });
  return {
    url: `http://127.0.0.1:${port}/v1/traces`,
    away: async () => void (await ask(child, { close: true })),
    back: async () => void (await ask(child, { listen: port })),
    busy: async (requests) => void (await ask(child, { busy: requests })),
    received: () => ask(child, { count: true }),
    stop: () => void child.kill(),
  };
}

async function ask(child: ChildProcess, order: Order): Promise<Answer> {
  const answered = once(child, "message");
  child.send(order);
  const [answer]: readonly Answer[] = await answered;
  if (!answer) throw new Error("the collector did not answer");
  return answer;
}
