import type { ActorEnvelope, DeliveryOptions } from "@spoor/autogen";

/** Messages go in, and each agent gets every one of them. */
export interface Channel {
  readonly name: string;
  readonly agents: readonly string[];
  /** After so long without an answer a message is brought to somebody else. */
  readonly patienceMs: number;
  /** Where the trace context travels: in the text of the message, or where this transport has a place for such things. */
  readonly carriedIn: "envelope" | "headers";
}

/** A broker gives a message up after so many deliveries. */
export const mostDeliveries = 3;

/** What was delivered, and what the transport knows of it, as `handle` takes both. */
export interface Delivery {
  readonly body: unknown;
  readonly options: DeliveryOptions;
}

/** A message that the broker has given up: with its headers as an envelope has them, and why. */
export interface DeadLetter {
  readonly delivery: Delivery;
  readonly reason: string;
}

/** What a handler throws about a message that no redelivery will help. */
export class Refusal extends Error {}

/** What an application does with the client of one broker. */
export interface Queue {
  /** Resolves when the broker has it. */
  send(envelope: ActorEnvelope): Promise<void>;
  /** As somebody sends it who knows nothing of Spoor. */
  sendForeign(body: unknown, headers: ForeignHeaders): Promise<void>;
  /** Resolves when it listens. A message is done with when `work` resolves, comes again when it rejects, and never again after a `Refusal`. */
  receive(agent: string, work: Work): Promise<void>;
  /** Tells of messages that were given up, whoever gave them up. Resolves when it listens. */
  mourn(tell: (dead: DeadLetter) => void): Promise<void>;
  close(): Promise<void>;
}

export type ForeignHeaders = Readonly<Record<string, string | Buffer>>;
export type Work = (delivery: Delivery) => Promise<void>;

/** One broker's client. */
export interface Client {
  /** Makes what the broker has to have before the first message. */
  prepare(address: string, channel: Channel): Promise<void>;
  connect(address: string, channel: Channel): Promise<Queue>;
}

/** The text of the message: with all that the envelope says, or without what travels in the headers of the transport. */
export function bodyOf({ carriedIn }: Channel, envelope: ActorEnvelope): string {
  const { headers: _, ...without } = envelope;
  return JSON.stringify(carriedIn === "envelope" ? envelope : without);
}

/** Where `handle` is told to look for the trace context; nothing where the envelope itself has it. */
export function headersOf(
  { carriedIn }: Channel,
  headers: DeliveryOptions["headers"],
): Pick<DeliveryOptions, "headers"> {
  return carriedIn === "envelope" || headers === undefined ? {} : { headers };
}
