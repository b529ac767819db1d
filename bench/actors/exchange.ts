import type { Load } from "../peers.ts";
import type { Tracing } from "./tracing.ts";

/** What an application with actors sends, whether anybody traces it or not. */
export interface Message {
  readonly messageId: string;
  readonly conversationId: string;
  readonly messageType: string;
  readonly recipient: string;
  readonly payload: unknown;
}

/** Whoever sends and whoever handles, in one process, with a queue between them. */
export interface Exchange {
  /** Resolves when all of them have been sent, and handled. */
  pass(messages: readonly Message[]): Promise<void>;
  /** Bytes that the sender has given to the queue so far. */
  written(): number;
  close(): Promise<void>;
}

export interface Surroundings {
  readonly load: Load;
  /** Of the broker; empty where none is needed. */
  readonly address: string;
  readonly tracing: Tracing;
}

export type OpenExchange = (surroundings: Surroundings) => Promise<Exchange>;
