import type { Scope } from "@spoor/core";
import { type Agent, work } from "./agent.ts";
import type { Message } from "./message.ts";
import type { Pause } from "./pause.ts";
import { doctorSays, reviewerSays } from "./script.ts";
import { scriptedModel } from "./scripted-model.ts";
import { createTools } from "./tools.ts";

/** A doctor for broken builds, who may ask a reviewer: an agent with a model and a memory of its own. */
export function createDoctor(pause: Pause): Agent {
  const { read_diff, ...tools } = createTools(pause);
  const reviewer: Agent = {
    name: "reviewer",
    modelName: "scripted-small",
    model: scriptedModel(reviewerSays, pause),
    instructions: "You review commits. Answer the question, and say where it shows.",
    tools: { read_diff },
  };
  return {
    name: "build-doctor",
    modelName: "scripted-large",
    model: scriptedModel(doctorSays, pause),
    instructions: "You find out why builds fail, and mend them. Ask before you push.",
    tools: {
      ...tools,
      ask_reviewer: { run: ({ question = "" }, scope) => ask(reviewer, question, scope) },
    },
  };
}

/** Another agent is a tool like any other, with an agent at work inside. */
async function ask(agent: Agent, question: string, scope: Scope): Promise<string> {
  const messages: Message[] = [{ role: "user", content: question }];
  const options = { input: question };
  const answer = await scope.agent(agent.name, options, (inside) => work(agent, messages, inside)); // spoor
  return typeof answer === "string" ? answer : answer.reply.content;
}
