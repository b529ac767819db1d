import { once } from "node:events";
import { stat } from "node:fs/promises";
import process from "node:process";
import { publishLane, rotateKey, sealLane } from "../../../packages/core/src/audit/index.ts";

/**
 * Seals and publishes lane 0 of a folder, with another key if `rotate` is asked for, once it is told which folder. It says nothing about it, because that
 * would be a call to the system as well: it ends with 0 where all was done, and with 3 where it was told that something could not be.
 */
await stat("."); // From here on there is the thread that waits for the disk.
process.stdout.write("ready\n");
const work = process.argv[2] === "rotate" ? rotateKey : sealLane;
const [told] = await once(process.stdin, "data");
const [dir = "", to = ""] = String(told).trim().split("\n");
process.stdin.unref();
try {
  const { kind } = await work("0", { dir });
  if (kind === "sealed") await publishLane("0", { dir, to });
  else process.exitCode = 3;
} catch {
  process.exitCode = 3;
}
