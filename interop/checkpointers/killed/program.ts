import process from "node:process";
import { Annotation, Command, interrupt, START, StateGraph } from "@langchain/langgraph";
import { createObserver } from "@spoor/core";
import { auditCheckpointer, spoorCallbacks } from "@spoor/langgraph";
import { opened } from "./opened.ts";

/** An application that `asks` a human, is killed while it waits, and gets the answer in another process (`answers`). */
const [doing = "", address = ""] = process.argv.slice(2);

const Log = Annotation.Root({
  log: Annotation<string[]>({ reducer: (left, right) => [...left, ...right], default: () => [] }),
});
const observer = createObserver();
const graph = new StateGraph(Log)
  .addNode("think", () => ({ log: ["thought"] }))
  .addNode("ask", () => ({ log: [String(interrupt({ question: "go on?" }))] }))
  .addNode("after", () => ({ log: ["after"] }))
  .addEdge(START, "think")
  .addEdge("think", "ask")
  .addEdge("ask", "after")
  .compile({ name: "Killed", checkpointer: auditCheckpointer(await opened(address), observer) });

const input = doing === "answers" ? new Command({ resume: "yes" }) : { log: [] };
const { log } = await graph.invoke(input as typeof Log.Update, {
  callbacks: [spoorCallbacks(observer)],
  durability: "sync",
  configurable: { thread_id: "killed" },
});
if (doing === "asks") {
  process.stdout.write("suspended\n");
  await new Promise(() => setInterval(() => {}, 1_000));
}
await observer.close();
process.stdout.write(`${JSON.stringify(log)}\n`);
// A pool of connections would keep it open.
process.exit();
