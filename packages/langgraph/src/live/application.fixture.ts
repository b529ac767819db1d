import { type BaseMessage, HumanMessage } from "@langchain/core/messages";
import { type StructuredToolInterface, tool } from "@langchain/core/tools";
import {
  Annotation,
  type AnnotationRoot,
  type BaseChannel,
  Command,
  type OverwriteValue,
} from "@langchain/langgraph";
import type { AgentMiddleware } from "langchain";
import { z } from "zod";

/** What the applications in these tests have in common. */
export const hi: { messages: BaseMessage[] } = { messages: [new HumanMessage("hi")] };

export const getWeather: StructuredToolInterface = tool(({ city }) => `22 degrees in ${city}`, {
  name: "get_weather",
  description: "The weather in a city.",
  schema: z.object({ city: z.string() }),
});

export const add: StructuredToolInterface = tool(({ a, b }) => String(a + b), {
  name: "add",
  description: "Adds two numbers.",
  schema: z.object({ a: z.number(), b: z.number() }),
});

type LogChannel = BaseChannel<string[], string[] | OverwriteValue<string[]>>;

/** A state that notes what was done. */
export const Log: AnnotationRoot<{ log: LogChannel }> = Annotation.Root({
  log: Annotation<string[]>({ reducer: (left, right) => [...left, ...right], default: () => [] }),
});

/** A node that notes this and nothing else. */
export const logs =
  (...log: readonly string[]): (() => { log: string[] }) =>
  () => ({ log: [...log] });

/** Middleware of LangChain's own does not fit its own types where optional is not undefined. */
export const middleware = (...given: readonly unknown[]): AgentMiddleware[] =>
  given as AgentMiddleware[];

/** What goes on from an interrupt. */
export const resume = <Update extends Record<string, unknown>, Nodes extends string>(
  answer: unknown,
): Command<unknown, Update, Nodes> => new Command({ resume: answer });

/** What was thrown, as the application sees it. */
export async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error instanceof Error ? { name: error.name, message: error.message } : error;
  }
  return "nothing was thrown";
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

export async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const seen: Item[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}
