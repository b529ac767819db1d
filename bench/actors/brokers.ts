import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ExchangeName } from "./sample.ts";

/** A real broker on this machine, listening to it alone. */
export interface Broker {
  readonly address: string;
  stop(): Promise<void>;
}

type BrokerName = "redis" | "rabbitmq";
/** Where it lies, or why it cannot be had. */
type Install = (say: (line: string) => void) => {
  readonly path?: string;
  readonly missing?: string;
};
type Start = (folder: string) => Promise<Broker>;

/** The brokers of the interoperability tests, and where those have them from. */
const fromInterop = (file: string): Promise<unknown> =>
  import(new URL(`../../interop/actors/${file}`, import.meta.url).href);

/** Fetched once a machine. False: it cannot be had, and why is said on standard error. */
export async function installBroker(name: BrokerName): Promise<boolean> {
  const installs = (await fromInterop("install.mjs")) as Readonly<Record<BrokerName, Install>>;
  const { path, missing } = installs[name](console.error);
  if (path !== undefined) process.env[`SPOOR_INTEROP_${name.toUpperCase()}`] = path;
  else console.error(`what needs ${name} is not measured: ${missing}`);
  return path !== undefined;
}

/** Null: it cannot be had. */
export async function startBroker(exchange: ExchangeName, scratch: string): Promise<Broker | null> {
  if (exchange === "in process") return { address: "", stop: () => Promise.resolve() };
  const name = exchange === "BullMQ" ? "redis" : "rabbitmq";
  if (!(await installBroker(name))) return null;
  const folder = join(scratch, name);
  mkdirSync(folder);
  const starts = (await fromInterop(`brokers/${name}.ts`)) as Readonly<Record<string, Start>>;
  const start = starts[name === "redis" ? "startRedis" : "startRabbitmq"];
  if (!start) throw new Error(`expected interop/actors/brokers/${name}.ts to start ${name}`);
  return start(folder);
}
