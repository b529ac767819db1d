import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What is still needed of the memory of this process. */
export function heapBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}
