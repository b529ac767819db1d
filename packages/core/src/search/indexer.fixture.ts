import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { openSearch } from "./search.ts";

/** Brings the index up to date again and again, until a file says that the writers are done. Prints, each time, how many spans there are, and what was said about the index. */
const [dir = "", done = ""] = process.argv.slice(2);
const notices: string[] = [];
for (let isLast = false; !isLast;) {
  isLast = existsSync(done);
  const search = openSearch(dir, {
    notice: ({ kind, reason }) => notices.push(`${kind}: ${reason}`),
  });
  const spans = [...search.find()].length;
  search.close();
  process.stdout.write(`${JSON.stringify({ spans, notices })}\n`);
  await pause(2);
}
