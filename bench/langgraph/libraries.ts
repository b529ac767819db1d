import type * as CallbackPromises from "@langchain/core/callbacks/promises";
import type * as ChatModels from "@langchain/core/language_models/chat_models";
import type * as Messages from "@langchain/core/messages";
import type * as Outputs from "@langchain/core/outputs";
import type * as Tools from "@langchain/core/tools";
import type * as Graph from "@langchain/langgraph";
import type * as Prebuilt from "@langchain/langgraph/prebuilt";
import type { Load } from "../peers.ts";

/** What the agents are made of. */
export interface LangGraph {
  readonly graph: typeof Graph;
  readonly prebuilt: typeof Prebuilt;
  readonly models: typeof ChatModels;
  readonly messages: typeof Messages;
  readonly outputs: typeof Outputs;
  readonly tools: typeof Tools;
  readonly promises: typeof CallbackPromises;
}

export async function langGraphFrom(load: Load): Promise<LangGraph> {
  return {
    graph: (await load("@langchain/langgraph")) as typeof Graph,
    prebuilt: (await load("@langchain/langgraph/prebuilt")) as typeof Prebuilt,
    models: (await load("@langchain/core/language_models/chat_models")) as typeof ChatModels,
    messages: (await load("@langchain/core/messages")) as typeof Messages,
    outputs: (await load("@langchain/core/outputs")) as typeof Outputs,
    tools: (await load("@langchain/core/tools")) as typeof Tools,
    promises: (await load("@langchain/core/callbacks/promises")) as typeof CallbackPromises,
  };
}
