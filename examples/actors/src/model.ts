import { type ObservedEnvelopes, wrapModel } from "@spoor/autogen";

export interface Message {
  readonly role: "user" | "assistant" | "tool";
  readonly content: string;
}

/** Says what comes next, given what was said so far. */
export type Model = (messages: readonly Message[]) => Promise<string>;
export type Script = (messages: readonly Message[]) => string;

/** Stands in for a real model: the same answers every time, and tokens counted by the word. */
export function scriptedModel(
  envelopes: ObservedEnvelopes,
  instructions: string,
  script: Script,
): Model {
  const answerTo = async (messages: readonly Message[]) => {
    const text = script(messages);
    const sent = [instructions, ...messages.map(({ content }) => content)].join(" ");
    return { text, tokens: { sent: wordsIn(sent), answered: wordsIn(text) } };
  };
  // spoor
  const recorded = wrapModel(
    envelopes,
    {
      model: "scripted-1",
      context: (messages) => ({ instructions, messages }),
      answer: ({ tokens: { sent, answered } }) => ({
        usage: { input: sent, cacheRead: 0, cacheWrite: 0, output: answered, reasoning: 0 },
      }),
    },
    answerTo,
  );
  return async (messages) => (await recorded(messages)).text;
}

const wordsIn = (text: string): number => text.split(/\s+/).filter(Boolean).length;
