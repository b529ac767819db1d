import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";

export interface Answer {
  readonly text?: string;
  readonly tools?: readonly { readonly name: string; readonly args: Record<string, unknown> }[];
}

/** Says what a model says next, given what was said so far. */
export type Script = (messages: readonly BaseMessage[]) => Answer;

/** Stands in for a real model where no key is set: the same answers every time, and tokens counted by the word. */
export class ScriptedModel extends BaseChatModel {
  readonly #script: Script;

  constructor(script: Script) {
    super({});
    this.#script = script;
  }

  _llmType(): string {
    return "scripted";
  }

  /** A script knows its tools already. */
  override bindTools(): this {
    return this;
  }

  _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const { text = "", tools = [] } = this.#script(messages);
    const calls = tools.map((call, index) => ({
      ...call,
      id: `call_${messages.length}_${index}`,
      type: "tool_call" as const,
    }));
    const input = messages.map(({ text: said }) => said).join(" ");
    const message = new AIMessage({
      content: text,
      tool_calls: calls,
      usage_metadata: counted(wordsIn(input), wordsIn(text) + 8 * calls.length),
      response_metadata: { model_name: "scripted-1" },
    });
    return Promise.resolve({ generations: [{ text, message }] });
  }
}

const wordsIn = (text: string): number => text.split(/\s+/).filter(Boolean).length;

const counted = (input: number, output: number): NonNullable<AIMessage["usage_metadata"]> => ({
  input_tokens: input,
  output_tokens: output,
  total_tokens: input + output,
});
