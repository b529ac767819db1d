import type { ActorEnvelope, ObservedEnvelopes } from "@spoor/autogen";
import type { Bus } from "../bus/bus.ts";
import type { Say } from "../say.ts";

/** What an actor finds where it runs. */
export interface Surroundings {
  readonly bus: Bus;
  readonly envelopes: ObservedEnvelopes;
  readonly say: Say;
}

/** Resolves when it takes from its mailbox; from then on it works whenever something lies in there. */
export type Actor = (surroundings: Surroundings) => Promise<void>;

/** Has an actor work on what comes into its mailbox. */
export const listen = (
  { bus, envelopes, say }: Surroundings,
  name: string,
  handler: (message: ActorEnvelope) => Promise<unknown>,
): Promise<void> =>
  bus.take(name, ({ message, attempt }) => {
    if (attempt > 1) say(name, `the message comes again (attempt ${attempt})`);
    return envelopes.handle(name, message, handler, { attempt }); // spoor
  });

/** Puts a message into somebody's mailbox. */
export const post = (
  { bus, envelopes }: Surroundings,
  letter: {
    readonly sender: string;
    readonly recipient: string;
    readonly messageType: string;
    readonly payload: unknown;
  },
): Promise<void> => envelopes.send(letter, (envelope) => bus.put(envelope.recipient, envelope)); // spoor
