import type { Usage } from "@spoor/core";
import type { Message, ToolCall } from "./message.ts";
import type { Pause } from "./pause.ts";

/** What the model says when it is asked next. */
export interface Line {
  readonly says: string;
  readonly calls?: readonly ToolCall[];
}

export interface Request {
  readonly instructions: string;
  readonly tools: readonly string[];
  readonly messages: readonly Message[];
}

/** A piece of a streamed reply. `usage` is what the reply has used so far: final only in the last piece. */
export interface Chunk {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly usage: Usage;
  readonly isLast: boolean;
}

export type Model = (request: Request) => AsyncIterable<Chunk>;

/** A model that has learnt its lines. It streams, counts tokens and reads what it has seen before from a cache; it only does not think. */
export function scriptedModel(lines: readonly Line[], pause: Pause): Model {
  const script = lines.values();
  let cacheRead = 0;
  return async function* (request) {
    const line = script.next().value;
    if (!line)
      throw new Error("the script is over: the model was asked more often than it has lines");
    const sent = tokensIn(request);
    const used = { input: sent - cacheRead, cacheRead, cacheWrite: 0, reasoning: 0 };
    cacheRead = sent;
    const { says, calls: toolCalls = [] } = line;
    let output = 0;
    await pause(200);
    for (const text of piecesOf(says)) {
      await pause(40);
      output += tokensIn(text);
      yield { text, toolCalls: [], usage: { ...used, output }, isLast: false };
    }
    output += tokensIn(toolCalls);
    yield { text: "", toolCalls, usage: { ...used, output }, isLast: true };
  };
}

/** Four characters a token: nobody pays for these. */
function tokensIn(value: Request | readonly ToolCall[] | string): number {
  return Math.ceil(JSON.stringify(value).length / 4);
}

/** Six words at a time. */
function piecesOf(text: string): readonly string[] {
  return text.match(/(?:\S+\s*){1,6}/g) ?? [];
}
