import type * as ChatModels from "@langchain/core/language_models/chat_models";
import type * as Messages from "@langchain/core/messages";
import type * as Runnables from "@langchain/core/runnables";
import type { Load } from "../../peers.ts";
import { texts } from "../../texts.ts";

export const turns = 500;
const bytes = 4_096;

/** What watches a turn, as LangChain takes it. Undefined: nothing does. */
export type Callbacks = () => readonly unknown[] | undefined;

/** A conversation in which every call to the model is sent all that was said before, as chats and agents do. Nothing takes time but the work itself. */
export async function talk(load: Load, callbacks: Callbacks): Promise<void> {
  const { HumanMessage } = (await load("@langchain/core/messages")) as typeof Messages;
  const { RunnableLambda } = (await load("@langchain/core/runnables")) as typeof Runnables;
  const text = texts();
  const model = await answering(load, () => text(bytes));
  const said: Messages.BaseMessage[] = [];
  const turn = RunnableLambda.from(async (question: string, config) => {
    said.push(new HumanMessage(question));
    const answer = await model.invoke([...said], config);
    said.push(answer);
    return answer.text;
  }).withConfig({ runName: "assistant" });
  for (let number = 0; number < turns; number += 1) {
    const watching = callbacks();
    await turn.invoke(text(bytes), {
      ...(watching ? { callbacks: [...watching] as never } : {}),
      metadata: { thread_id: "long" },
    });
  }
}

/** A chat model that answers at once, and says what that took. */
async function answering(load: Load, next: () => string): Promise<ChatModels.BaseChatModel> {
  const { AIMessage } = (await load("@langchain/core/messages")) as typeof Messages;
  const { BaseChatModel } = (await load(
    "@langchain/core/language_models/chat_models",
  )) as typeof ChatModels;
  class Answering extends BaseChatModel {
    _llmType(): string {
      return "answering";
    }

    override getLsParams(options: never): ReturnType<ChatModels.BaseChatModel["getLsParams"]> {
      return { ...super.getLsParams(options), ls_provider: "openai", ls_model_name: "gpt-4o" };
    }

    _generate(messages: Messages.BaseMessage[]): ReturnType<ChatModels.BaseChatModel["_generate"]> {
      const text = next();
      const [input, output] = [messages.length * 1_000, 1_000];
      const message = Object.assign(new AIMessage(text), {
        usage_metadata: {
          input_tokens: input,
          output_tokens: output,
          total_tokens: input + output,
        },
        response_metadata: { model_name: "gpt-4o", finish_reason: "stop" },
      });
      return Promise.resolve({ generations: [{ text, message }] });
    }
  }
  return new Answering({});
}
