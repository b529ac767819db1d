import { AIMessage } from "@langchain/core/messages";
import { END, MemorySaver, MessagesAnnotation, START, StateGraph } from "@langchain/langgraph";
import type { EventDraft } from "@spoor/core";
import { expect, test } from "vitest";
import { spoorCallbacks } from "../../handler/spoor-callbacks.ts";
import { only } from "../fixtures.ts";

const graph = new StateGraph(MessagesAnnotation)
  .addNode("think", ({ messages }) => ({ messages: [new AIMessage(`<t${messages.length}>`)] }))
  .addNode("say", ({ messages }) => ({ messages: [new AIMessage(`<s${messages.length}>`)] }))
  .addEdge(START, "think")
  .addEdge("think", "say")
  .addEdge("say", END)
  .compile({ checkpointer: new MemorySaver() });

/** One draft list a turn of one thread, whose messages a checkpointer reads anew for each. */
async function turnsOf(count: number): Promise<readonly (readonly EventDraft[])[]> {
  const drafts: EventDraft[] = [];
  const emit = (draft: EventDraft) => {
    drafts.push(draft);
    return null;
  };
  const config = { configurable: { thread_id: "x" }, callbacks: [spoorCallbacks({ emit })] };
  const turns: (readonly EventDraft[])[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    await graph.invoke({ messages: [{ role: "user", content: `<q${turn}>` }] }, config);
    turns.push(drafts.splice(0));
  }
  return turns;
}

test("a thread that LangGraph reads back for each turn is told in the same words at any length", async () => {
  const turns = await turnsOf(6);
  const inputs = turns.map((drafts) => only(drafts, "work.started").map(({ input }) => input));
  expect(inputs[5]).toEqual([
    { messages: [{ role: "user", content: "<q5>" }] },
    { messages: ["[15 earlier messages]", { role: "user", content: "<q5>" }] },
    { messages: ["[17 earlier messages]"] },
  ]);
  expect(only(turns[5] ?? [], "turn.ended")[0]?.output).toEqual({
    messages: ["[17 earlier messages]", { role: "assistant", content: "<s17>" }],
  });
});
