import { createSupervisor } from "@langchain/langgraph-supervisor";
import { createReactAgent } from "@langchain/langgraph/prebuilt";
import type { Observer } from "@spoor/core";
import { spoorCallbacks } from "@spoor/langgraph";
import { tool } from "langchain";
import { z } from "zod";
import { findModel } from "./find-model.ts";
import type { Say } from "./say.ts";
import type { Script } from "./scripted-model.ts";

const lookUp = tool(({ subject }: { subject: string }) => `${subject}: 8849 m`, {
  name: "look_up",
  description: "Finds a figure.",
  schema: z.object({ subject: z.string() }),
});

const multiply = tool(({ a, b }: { a: number; b: number }) => String(a * b), {
  name: "multiply",
  description: "Multiplies two numbers.",
  schema: z.object({ a: z.number(), b: z.number() }),
});

/** A supervisor hands a question to a researcher, then to a mathematician, and answers. */
export async function askTeam(observer: Observer, say: Say): Promise<void> {
  const researcher = createReactAgent({
    name: "researcher",
    llm: await findModel(research),
    tools: [lookUp],
  });
  const mathematician = createReactAgent({
    name: "mathematician",
    llm: await findModel(mathematics),
    tools: [multiply],
  });
  const team = createSupervisor({
    agents: [researcher, mathematician],
    llm: await findModel(supervision),
    prompt: "Give figures to the researcher and sums to the mathematician. Then answer.",
  }).compile({ name: "team" });
  const content = "How high is Mount Everest in feet?";
  say("you", content);
  const { messages } = await team.invoke(
    { messages: [{ role: "user", content }] },
    { callbacks: [spoorCallbacks(observer)], configurable: { thread_id: `team-${Date.now()}` } }, // spoor
  );
  say("team", messages.at(-1)?.text ?? "");
}

const research: Script = (messages) =>
  messages.at(-1)?.name === "look_up"
    ? { text: "Mount Everest is 8849 m high." }
    : { tools: [{ name: "look_up", args: { subject: "Mount Everest" } }] };

const mathematics: Script = (messages) =>
  messages.at(-1)?.name === "multiply"
    ? { text: "That is 29,032 feet." }
    : { tools: [{ name: "multiply", args: { a: 8849, b: 3.28084 } }] };

/** Whom it has not heard yet, it asks. */
const supervision: Script = (messages) => {
  const heard = new Set(messages.map(({ name }) => name));
  const next = ["researcher", "mathematician"].find((agent) => !heard.has(agent));
  return next === undefined
    ? { text: "Mount Everest is 29,032 feet high." }
    : { tools: [{ name: `transfer_to_${next}`, args: {} }] };
};
