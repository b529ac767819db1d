import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import { tool } from "@langchain/core/tools";
import { type LangGraphRunnableConfig, MemorySaver } from "@langchain/langgraph";
import { createAgent, type ReactAgent } from "langchain";
import * as z from "zod";

const asks = [{ id: "call-1", name: "add", args: { left: 1, right: 2 } }];

/** Asks for a sum, and answers with it, word by word where it is streamed. */
class AddingModel extends BaseChatModel {
  constructor() {
    super({});
  }

  override _llmType(): string {
    return "adding";
  }

  override bindTools(): this {
    return this;
  }

  override async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const message = answerTo(messages);
    return { generations: [{ text: message.text, message }] };
  }

  override async *_streamResponseChunks(
    ...[messages, , runManager]: Parameters<BaseChatModel["_streamResponseChunks"]>
  ): AsyncGenerator<ChatGenerationChunk> {
    const { id = "", text: answer, tool_calls: toolCalls = [] } = answerTo(messages);
    for (const text of answer.split(/(?<= )/)) {
      const message = new AIMessageChunk({ id, content: text, tool_calls: toolCalls });
      const chunk = new ChatGenerationChunk({ text, message });
      yield chunk;
      await runManager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, {
        chunk,
      });
    }
  }
}

function answerTo(messages: readonly BaseMessage[]): AIMessage {
  const last = messages.at(-1);
  return last?.getType() === "tool"
    ? new AIMessage({ id: "answer", content: `It is ${last.text}.` })
    : new AIMessage({ id: "question", content: "", tool_calls: asks });
}

/** An agent of two model calls with a tool call between them, and a memory of its own. `inTool` runs where the tool does. */
export function addingAgent(inTool: () => void = () => undefined): ReactAgent {
  const add = tool(
    ({ left, right }: { left: number; right: number }, { writer }: LangGraphRunnableConfig) => {
      inTool();
      writer?.("adding");
      return String(left + right);
    },
    { name: "add", description: "adds", schema: z.object({ left: z.number(), right: z.number() }) },
  );
  const agent = createAgent({
    model: new AddingModel(),
    tools: [add],
    name: "adder",
    checkpointer: new MemorySaver(),
  });
  return agent;
}

export const onThread = (
  name: string,
): { readonly configurable: { readonly thread_id: string } } => ({
  configurable: { thread_id: name },
});

export const question: { messages: { role: "user"; content: string }[] } = {
  messages: [{ role: "user", content: "What is 1 + 2?" }],
};
