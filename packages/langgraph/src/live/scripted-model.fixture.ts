import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BaseChatModelParams,
  type BindToolsInput,
} from "@langchain/core/language_models/chat_models";
import {
  AIMessage,
  AIMessageChunk,
  type AIMessageChunkFields,
  type BaseMessage,
} from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import { convertToOpenAITool } from "@langchain/core/utils/function_calling";
import { type ScriptedAnswer, textOf, usage } from "./scripted-answer.ts";

/** One answer a call, in this order; or an answer by what was asked, for models that several conversations share. */
export type Script =
  | readonly ScriptedAnswer[]
  | ((messages: readonly BaseMessage[]) => ScriptedAnswer);

interface ScriptedOptions extends BaseChatModelParams {
  readonly model?: string;
  /** Like a provider that streams and never says what was used. */
  readonly countsNothing?: boolean;
}
interface CallOptions extends BaseChatModelCallOptions {
  tools?: BindToolsInput[];
}

/** A model that says what it is told to, whole or in pieces, with the facts that providers give beside it. */
export class ScriptedChatModel extends BaseChatModel<CallOptions> {
  readonly #script: Script;
  readonly #model: string;
  readonly #countsNothing: boolean;
  #calls = 0;

  constructor(
    script: Script,
    { model = "scripted-1", countsNothing = false, ...rest }: ScriptedOptions = {},
  ) {
    super(rest);
    this.#script = script;
    this.#model = model;
    this.#countsNothing = countsNothing;
  }

  static override lc_name(): string {
    return "ScriptedChatModel";
  }

  override _llmType(): string {
    return "scripted";
  }

  override getLsParams(): ReturnType<BaseChatModel["getLsParams"]> {
    return { ls_provider: "scripted", ls_model_name: this.#model, ls_model_type: "chat" };
  }

  override invocationParams(options: this["ParsedCallOptions"]): Record<string, unknown> {
    const tools = options.tools?.map((tool) => convertToOpenAITool(tool));
    return { model: this.#model, temperature: 0, ...(tools ? { tools } : {}) };
  }

  override bindTools(tools: BindToolsInput[]): ReturnType<NonNullable<BaseChatModel["bindTools"]>> {
    return this.withConfig({ tools });
  }

  override async _generate(
    messages: BaseMessage[],
    { signal }: this["ParsedCallOptions"],
  ): Promise<ChatResult> {
    const answer = this.#next(messages);
    await duration(answer, signal);
    if (answer.fails) throw answer.fails;
    const message = new AIMessage({
      content: textOf(answer),
      tool_calls: [...(answer.toolCalls ?? [])],
      response_metadata: this.#about(answer),
    });
    return { generations: [{ text: message.text, message: counted(message) }], llmOutput: {} };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    { signal }: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const answer = this.#next(messages);
    await duration(answer, signal);
    for (const chunk of this.#chunksOf(answer)) {
      signal?.throwIfAborted();
      yield chunk;
      await runManager?.handleLLMNewToken(chunk.text, undefined, undefined, undefined, undefined, {
        chunk,
      });
    }
    if (answer.fails) throw answer.fails;
  }

  *#chunksOf(answer: ScriptedAnswer): Iterable<ChatGenerationChunk> {
    for (const text of textOf(answer).split(/(?<= )/)) yield chunkOf({ content: text });
    for (const [index, { id, name, args }] of (answer.toolCalls ?? []).entries()) {
      const said = JSON.stringify(args);
      const [head, tail] = [said.slice(0, 3), said.slice(3)];
      yield chunkOf({ tool_call_chunks: [{ index, id, name, args: head }] });
      yield chunkOf({ tool_call_chunks: [{ index, args: tail }] });
    }
    if (answer.fails) return;
    const last = chunkOf({ response_metadata: this.#about(answer) });
    if (!this.#countsNothing) counted(last.message);
    yield last;
  }

  #next(messages: readonly BaseMessage[]): ScriptedAnswer {
    if (typeof this.#script === "function") return this.#script(messages);
    const answer = this.#script[(this.#calls += 1) - 1];
    if (!answer)
      throw new Error(`the script of ${this.#model} ends after ${this.#calls - 1} calls`);
    return answer;
  }

  #about({ toolCalls }: ScriptedAnswer): Record<string, unknown> {
    return {
      model_name: `${this.#model}-2026-11-01`,
      finish_reason: toolCalls ? "tool_calls" : "stop",
    };
  }
}

export const model = (...answers: readonly ScriptedAnswer[]): ScriptedChatModel =>
  new ScriptedChatModel(answers);

function chunkOf(fields: Partial<AIMessageChunkFields>): ChatGenerationChunk {
  const message = new AIMessageChunk({ content: "", ...fields });
  return new ChatGenerationChunk({ text: message.text, message });
}

/** The types of the constructors know no usage. */
const counted = <Message extends BaseMessage>(message: Message): Message =>
  Object.assign(message, { usage_metadata: usage });

/** Takes its time as providers do: an abort ends the wait. */
async function duration({ takesMs = 0 }: ScriptedAnswer, signal?: AbortSignal): Promise<void> {
  if (takesMs === 0) return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, takesMs);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
