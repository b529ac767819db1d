import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseMessage } from "@langchain/core/messages";
import type { LangGraph } from "./libraries.ts";

const tokens = 65;

/** A chat model that asks for a tool until so many have answered, and then says what it found. */
export function scriptedModel(langGraph: LangGraph, rounds: number): BaseChatModel {
  const { AIMessage, AIMessageChunk } = langGraph.messages;
  const { ChatGenerationChunk } = langGraph.outputs;

  class ScriptedModel extends langGraph.models.BaseChatModel {
    _llmType(): string {
      return "scripted";
    }

    override bindTools(): this {
      return this;
    }

    override getLsParams(options: never): ReturnType<BaseChatModel["getLsParams"]> {
      return { ...super.getLsParams(options), ls_provider: "scripted", ls_model_name: model };
    }

    _generate(messages: BaseMessage[]): ReturnType<BaseChatModel["_generate"]> {
      const { words, call, end } = lineAfter(messages, rounds);
      const text = words.join("");
      const message = new AIMessage({
        content: text,
        tool_calls: call ? [{ ...call, type: "tool_call" }] : [],
      });
      return Promise.resolve({ generations: [{ text, message: Object.assign(message, end) }] });
    }

    override async *_streamResponseChunks(
      messages: BaseMessage[],
      _options: unknown,
      run?: { handleLLMNewToken(...said: readonly unknown[]): Promise<void> },
    ): ReturnType<BaseChatModel["_streamResponseChunks"]> {
      const { words, call, end } = lineAfter(messages, rounds);
      const last = new AIMessageChunk({
        content: "",
        tool_call_chunks: call
          ? [{ ...call, args: JSON.stringify(call.args), index: 0, type: "tool_call_chunk" }]
          : [],
      });
      const messagesSaid = [
        ...words.map((word) => new AIMessageChunk({ content: word })),
        Object.assign(last, end),
      ];
      for (const message of messagesSaid) {
        const chunk = new ChatGenerationChunk({ text: message.text, message });
        yield chunk;
        await run?.handleLLMNewToken(chunk.text, undefined, undefined, undefined, undefined, {
          chunk,
        });
      }
    }
  }
  return new ScriptedModel({});
}

const model = "scripted-1";

interface Line {
  readonly words: readonly string[];
  readonly call: {
    readonly id: string;
    readonly name: string;
    readonly args: { readonly query: string };
  } | null;
  /** What a provider tells at the end of its answer. */
  readonly end: object;
}

/** What the script says next: the same for the same conversation. */
function lineAfter(messages: readonly BaseMessage[], rounds: number): Line {
  const answered = messages.filter((message) => message.getType() === "tool").length;
  const question = messages.find((message) => message.getType() === "human")?.text ?? "";
  const isAnswer = answered >= rounds;
  const input = messages.length * 120;
  return {
    words: Array.from({ length: tokens }, (_, word) => `word${(answered * 7 + word) % 97} `),
    call: isAnswer
      ? null
      : { id: `call_${answered}`, name: "search", args: { query: `${question} (${answered})` } },
    end: {
      usage_metadata: { input_tokens: input, output_tokens: tokens, total_tokens: input + tokens },
      response_metadata: { model_name: model, finish_reason: isAnswer ? "stop" : "tool_calls" },
    },
  };
}
