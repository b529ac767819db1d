import { Command, INTERRUPT, isInterrupted } from "@langchain/langgraph";
import type { Observer } from "@spoor/core";
import { spoorCallbacks } from "@spoor/langgraph";
import { createAgent, type HITLRequest, humanInTheLoopMiddleware, tool } from "langchain";
import { z } from "zod";
import { FileSaver } from "./file-saver.ts";
import { findModel } from "./find-model.ts";
import type { Say } from "./say.ts";
import type { Script } from "./scripted-model.ts";

/** Two processes have to agree on where the thread is kept, and which one it is. */
export interface Place {
  readonly checkpoints: string;
  readonly thread: string;
}

const transfer = tool(
  ({ amount, to }: { amount: number; to: string }) => `sent ${amount} € to ${to}`,
  {
    name: "transfer",
    description: "Sends money.",
    schema: z.object({ amount: z.number(), to: z.string() }),
  },
);

const agentAt = async ({ checkpoints }: Place) =>
  createAgent({
    name: "bank",
    model: await findModel(script),
    tools: [transfer],
    checkpointer: new FileSaver(checkpoints),
    middleware: [humanInTheLoopMiddleware({ interruptOn: { transfer: true } })],
  });

const configOf = (observer: Observer, { thread }: Place) => ({
  callbacks: [spoorCallbacks(observer)], // spoor
  configurable: { thread_id: thread },
});

/** The first process: it gets as far as the approval that a person has to give, and could end here for days. */
export async function askForTransfer(observer: Observer, place: Place, say: Say): Promise<void> {
  const agent = await agentAt(place);
  const content = "Send 50 € to Grace.";
  say("you", content);
  const state = await agent.invoke(
    { messages: [{ role: "user", content }] },
    configOf(observer, place),
  );
  if (isInterrupted<HITLRequest>(state))
    for (const { name, args } of state[INTERRUPT][0]?.value?.actionRequests ?? [])
      say("bank", `may I ${name} ${JSON.stringify(args)}?`);
}

/** The second process: the same turn goes on from the checkpoint. */
export async function approve(observer: Observer, place: Place, say: Say): Promise<void> {
  const agent = await agentAt(place);
  say("you", "approved");
  const { messages } = await agent.invoke(
    new Command({ resume: { decisions: [{ type: "approve" }] } }),
    configOf(observer, place),
  );
  say("bank", messages.at(-1)?.text ?? "");
}

const script: Script = (messages) => {
  const last = messages.at(-1);
  return last?.type === "tool"
    ? { text: `Done: ${last.text}.` }
    : { tools: [{ name: "transfer", args: { amount: 50, to: "Grace" } }] };
};
