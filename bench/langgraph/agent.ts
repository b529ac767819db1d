import type { LangGraph } from "./libraries.ts";
import { scriptedModel } from "./scripted-model.ts";

export type Mode = "invoke" | "stream";

/** A conversation, as far as the recorder knows: nothing is remembered from one turn to the next. */
const turnsInThread = 5;

/** How many tools the agent calls before it answers: 21 supersteps, 154 callbacks. */
const rounds = 10;

/** One question to an agent that answers it after ten tool calls. `callbacks` as LangChain takes them. */
export type Ask = (turn: number, callbacks: readonly unknown[] | undefined) => Promise<void>;

/** An agent as people build it, with a model that says what stands in its script, whole or token by token. */
export function scriptedAgent(langGraph: LangGraph, mode: Mode): Ask {
  const { prebuilt, tools } = langGraph;
  const search = tools.tool(
    (input: unknown) => Promise.resolve(found((input as { readonly query: string }).query)),
    { name: "search", description: "Searches the notes.", schema: searchSchema },
  );
  const agent = prebuilt.createReactAgent({
    llm: scriptedModel(langGraph, rounds),
    tools: [search],
    name: "researcher",
    prompt: "You are a researcher. Search before you answer, and say where you found what.",
  });
  return async (turn, callbacks) => {
    const input = {
      messages: [{ role: "user", content: `Question ${turn}: what do the notes say?` }],
    };
    const config = {
      ...(callbacks === undefined ? {} : { callbacks: [...callbacks] as never }),
      configurable: { thread_id: `thread ${Math.floor(turn / turnsInThread)}` },
      recursionLimit: 50,
    };
    if (mode === "invoke") {
      await agent.invoke(input, config);
      return;
    }
    const stream = await agent.stream(input, { ...config, streamMode: "messages" });
    for await (const part of stream) if (part === null) throw new Error("expected a message");
  };
}

const searchSchema = {
  type: "object",
  properties: { query: { type: "string", description: "What to look for." } },
  required: ["query"],
} as const;

/** About a kilobyte, another one for each query. */
function found(query: string): string {
  return Array.from(
    { length: 12 },
    (_, line) => `Note ${line} on "${query}": the track runs along the river and then uphill.`,
  ).join("\n");
}
