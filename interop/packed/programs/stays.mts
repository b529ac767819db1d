import process from "node:process";
import { createObserver } from "@spoor/core";

// Is in the middle of a turn until somebody kills it.

const observer = createObserver({ journal: { dir: process.argv[2] ?? "" } });
void observer.session({ id: "killed" }).turn({ input: "stay" }, () => {
  process.stdout.write("recorded\n");
  return new Promise(() => {});
});
setInterval(() => {}, 60_000);
