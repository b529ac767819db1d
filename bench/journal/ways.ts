import { appending, chaining, chainingToDisk, writing } from "./plain.ts";
import { recording } from "./spoor.ts";
import type { MakeWay } from "./way.ts";

export type WayName =
  | "appendFile"
  | "writeSync"
  | "hash chain"
  | "hash chain, disk"
  | "Spoor, memory"
  | "Spoor, memory, sealed"
  | "Spoor, process"
  | "Spoor, process, sealed"
  | "Spoor, disk"
  | "Spoor, disk, sealed";

export const ways: Readonly<Record<WayName, MakeWay>> = {
  appendFile: appending,
  writeSync: writing,
  "hash chain": chaining,
  "hash chain, disk": chainingToDisk,
  "Spoor, memory": recording("memory", { sealed: false }),
  "Spoor, memory, sealed": recording("memory", { sealed: true }),
  "Spoor, process": recording("process", { sealed: false }),
  "Spoor, process, sealed": recording("process", { sealed: true }),
  "Spoor, disk": recording("disk", { sealed: false }),
  "Spoor, disk, sealed": recording("disk", { sealed: true }),
};
