import { createAgent as createRealAgent } from "langchain";
import { ScriptedModel } from "../../examples/langgraph/src/scripted-model.ts";

export { tool } from "langchain";

const model = new ScriptedModel((messages) =>
  messages.at(-1)?.name === "add"
    ? { text: "3" }
    : { tools: [{ name: "add", args: { a: 1, b: 2 } }] },
);

/** The agent that the page makes, with a scripted model in the place of the one that it names. */
export const createAgent = (parameters: object): ReturnType<typeof createRealAgent> =>
  createRealAgent({ ...parameters, model });
