import process from "node:process";
import { createObserver } from "@spoor/core";

// Records one turn in the first lane that nobody holds.

const observer = createObserver({ journal: { dir: process.argv[2] ?? "" } });
observer.session({ id: "next" }).turn({ input: "go on" }, () => "gone on");
await observer.close();
