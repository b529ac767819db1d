import { closeSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { takeLane } from "./lane-lock.ts";

/** Takes and frees lanes for some milliseconds; throws when another process is in a lane that it holds. Prints how often it held each. */
const [dir = "", milliseconds = "0"] = process.argv.slice(2);
const end = Date.now() + Number(milliseconds);
const held = new Map<number, number>();
while (Date.now() < end) {
  const lock = takeLane(dir, 0);
  const mark = join(lock.folder, "occupied");
  closeSync(openSync(mark, "wx"));
  if (lock.lane % 2 === 1) await new Promise((resolve) => setTimeout(resolve, 1));
  rmSync(mark);
  held.set(lock.lane, (held.get(lock.lane) ?? 0) + 1);
  lock.release();
}
process.stdout.write(`${JSON.stringify(Object.fromEntries(held))}\n`);
