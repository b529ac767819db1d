import { interrupt, START, StateGraph } from "@langchain/langgraph";
import { createObserver } from "@spoor/core";
import process from "node:process";
import { spoorCallbacks } from "../handler/spoor-callbacks.ts";
import { Log, logs, resume } from "../live/application.fixture.ts";
import { FileSaver } from "../live/kill-and-resume/file-saver.fixture.ts";
import { auditCheckpointer } from "./audit-checkpointer.ts";

/** Asks a human and is killed, or gets the answer: each time with a journal of its own, and the same checkpoints. */
const [doing = ""] = process.argv.slice(2);

const observer = createObserver({ journal: { dir: doing } });
const graph = new StateGraph(Log)
  .addNode("think", logs("thought of"))
  .addNode("ask", () => ({ log: [String(interrupt("go on?"))] }))
  .addEdge(START, "think")
  .addEdge("think", "ask")
  .compile({ checkpointer: auditCheckpointer(new FileSaver("checkpoints"), observer) });
const config = { callbacks: [spoorCallbacks(observer)], configurable: { thread_id: "thread" } };
const { log } = await graph.invoke(doing === "asks" ? { log: [] } : resume("yes"), config);
process.stdout.write(`${JSON.stringify(log)}\n`);
if (doing === "asks") setInterval(() => {}, 1_000);
else await observer.close();
