import type { Usage } from "@spoor/core";

export interface Message {
  readonly role: "user" | "assistant" | "tool";
  readonly content: string;
}

/** Somebody is asked to work, or a tool is called. */
export interface Call {
  readonly name: string;
  readonly input: string;
  /** Only where it is somebody who is asked. */
  readonly expected?: string;
}

export interface Reply {
  readonly says: string;
  readonly call?: Call;
}

export interface Answer extends Reply {
  readonly usage: Usage;
}

export type Model = (messages: readonly Message[]) => Promise<Answer>;

/** A model that answers as a script says to what it was told. It counts tokens; it only does not think. */
export function scriptedModel(script: (messages: readonly Message[]) => Reply): Model {
  return async (messages) => {
    const reply = script(messages);
    const usage = {
      input: tokensIn(messages),
      cacheRead: 0,
      cacheWrite: 0,
      output: tokensIn(reply),
      reasoning: 0,
    };
    return { ...reply, usage };
  };
}

/** Four characters a token: nobody pays for these. */
function tokensIn(value: object): number {
  return Math.ceil(JSON.stringify(value).length / 4);
}
