import { setImmediate, setTimeout } from "node:timers/promises";
import type { Tracer } from "@opentelemetry/api";
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, AIMessageChunk } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import { tool } from "@langchain/core/tools";
import { Annotation, END, START, StateGraph } from "@langchain/langgraph";
import * as z from "zod";

/** A span of the application itself, as an instrumented library makes one: named after where it is made. */
function call(tracer: Tracer, name: string): void {
  tracer.startSpan(name).end();
}

/** Asks its provider over HTTP, as every model does. */
class CallingModel extends BaseChatModel {
  readonly #tracer: Tracer;

  constructor(tracer: Tracer) {
    super({});
    this.#tracer = tracer;
  }

  override _llmType(): string {
    return "calling";
  }

  override async _generate(): Promise<ChatResult> {
    call(this.#tracer, "in the model");
    await setImmediate();
    call(this.#tracer, "in the model, later");
    return { generations: [{ text: "yes", message: new AIMessage("yes") }] };
  }

  override async *_streamResponseChunks(): AsyncGenerator<ChatGenerationChunk> {
    call(this.#tracer, "in the streamed model");
    yield new ChatGenerationChunk({ text: "yes", message: new AIMessageChunk("yes") });
  }
}

export const callingModel = (tracer: Tracer): BaseChatModel => new CallingModel(tracer);

const State = Annotation.Root({ question: Annotation<string>() });

/** Whatever runs a graph: the outer one, or something inside. */
export type Inside = (question: string, config: object) => Promise<unknown>;

interface CallingGraph {
  invoke(input: { readonly question: string }, config?: object): Promise<unknown>;
  stream(input: { readonly question: string }, config?: object): Promise<AsyncIterable<unknown>>;
}

/** The least that a graph can be. */
export function smallGraph(): CallingGraph {
  return new StateGraph(State)
    .addNode("only", () => ({}))
    .addEdge(START, "only")
    .addEdge("only", END)
    .compile();
}

/** A graph whose nodes, tools and models make spans of the application's own, at once and after all kinds of waiting. */
export function callingGraph(tracer: Tracer, inside: Inside = async () => {}): CallingGraph {
  const model = callingModel(tracer);
  const search = tool(
    async () => {
      call(tracer, "in the tool");
      await setTimeout(1);
      call(tracer, "in the tool, later");
      return "found";
    },
    { name: "search", description: "finds", schema: z.object({}) },
  );
  return new StateGraph(State)
    .addNode("think", async () => {
      call(tracer, "in think");
      await setImmediate();
      call(tracer, "in think, after awaiting");
      await model.invoke("really?");
      call(tracer, "in think, after the model");
      return {};
    })
    .addNode("act", async ({ question }, config) => {
      await setTimeout(1);
      call(tracer, "in act, after a timer");
      await search.invoke({});
      await tracer.startActiveSpan("own", async (own) => {
        await setImmediate();
        call(tracer, "in own");
        own.end();
      });
      await inside(question, config);
      return {};
    })
    .addEdge(START, "think")
    .addEdge("think", "act")
    .addEdge("act", END)
    .compile();
}
