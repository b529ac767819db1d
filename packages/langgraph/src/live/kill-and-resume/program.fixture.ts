import { createObserver } from "@spoor/core";
import { interrupt, START, StateGraph } from "@langchain/langgraph";
import process from "node:process";
import { spoorCallbacks } from "../../handler/spoor-callbacks.ts";
import { Log, logs, resume } from "../application.fixture.ts";
import { says } from "../scripted-answer.ts";
import { model } from "../scripted-model.fixture.ts";
import { openSaver } from "./saver.fixture.ts";

/** An application that is killed and started again: it `asks` a human and gets the answer later (`answers`), or `works` and `goes on`. */
const [doing = "", saverName = ""] = process.argv.slice(2);

const tell = (word: string): void => {
  process.stdout.write(`${word}\n`);
};
const forever = (): Promise<never> => new Promise(() => setInterval(() => {}, 1_000));

const llm = model(says("thought of"));
const graph = new StateGraph(Log)
  .addNode("think", async () => ({ log: [(await llm.invoke("think")).text] }))
  .addNode("ask", async () => {
    if (doing === "works") {
      tell("in the middle");
      await forever();
    }
    if (doing === "goes on") return { log: ["worked through"] };
    return { log: [String(interrupt({ question: "go on?" }))] };
  })
  .addNode("after", logs("after"))
  .addEdge(START, "think")
  .addEdge("think", "ask")
  .addEdge("ask", "after")
  .compile({ name: "Killed", checkpointer: await openSaver(saverName) });

const observer = createObserver();
const answer = await graph.invoke(inputOf(doing), {
  callbacks: [spoorCallbacks(observer)],
  durability: "sync",
  configurable: { thread_id: "killed" },
});
if (doing === "asks") {
  tell("suspended");
  await forever();
}
await observer.close();
tell(JSON.stringify(answer.log));

function inputOf(what: string) {
  if (what === "answers") return resume<{ log: string[] }, "think" | "ask" | "after">("yes");
  return what === "goes on" ? null : {};
}
