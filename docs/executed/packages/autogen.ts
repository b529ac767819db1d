import { type ObservedEnvelopes, observeEnvelopes } from "@spoor/autogen";
import { createObserver } from "@spoor/core";
import { mustHaveRecorded } from "../recorded.ts";

const lying: string[] = [];

export const payload: { readonly text: string } = { text: "Find a train to Utrecht." };
export const connection: { publish(topic: string, message: string): void } = {
  publish: (_, message) => void lying.push(message),
};
export const subscription: AsyncIterable<{ json(): unknown }> = {
  async *[Symbol.asyncIterator]() {
    for (const message of lying) yield { json: (): unknown => JSON.parse(message) };
  },
};
export const work = async (): Promise<string> => "08:46";
export const envelopes: ObservedEnvelopes = observeEnvelopes(createObserver());

export function afterwards(): void {
  mustHaveRecorded(1);
}
