import process from "node:process";
import { configFromEnvironment, createObserver, journalFolder } from "@spoor/core";
import { createCrewRecorder } from "@spoor/crew";
import { ferryDesk } from "./ferry-desk.ts";
import { runCrew } from "./run-crew.ts";
import { treeOf } from "./tree-of.ts";

const observer = createObserver({
  ...configFromEnvironment(process.env),
  labels: { environment: "example", agentVersion: "1.0.0" },
});
const crews = createCrewRecorder(observer);

const session = `ferry-${new Date().toISOString().slice(0, 19)}`;
const question = "May the island ferry go electric?";
console.log(`you: ${question}`);
console.log(`ferry desk: ${await runCrew(crews, ferryDesk, { session, question })}\n`);
await observer.close();

const dir = journalFolder(undefined, process.env, process.cwd());
const { isTTY, columns } = process.stdout;
const tree = treeOf(dir, session, { color: isTTY, width: isTTY ? columns : Infinity });
console.log(tree.join("\n"));
