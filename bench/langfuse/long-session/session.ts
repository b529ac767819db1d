import { answerOf } from "../../answer-of.ts";
import type { WayName } from "./ways.ts";

export interface SessionOrder {
  readonly way: WayName;
  readonly scratch: string;
}

export interface Session {
  /** The share of the calls to the model that Langfuse has. */
  readonly delivered: number;
  /** The share of all spans that the collector of OTLP has. */
  readonly collected: number;
  /** As they came over the wire, to Langfuse and to the collector. */
  readonly bytes: { readonly langfuse: number; readonly collector: number };
  /** In MB, of the application's process. */
  readonly peak: number;
  /** Bytes of its heap that are still referred to when it has ended. */
  readonly held: number;
  /** Seconds of processor time, of all threads, until it has ended. */
  readonly spent: number;
}

const file = new URL("session-process.ts", import.meta.url);

/** The same for all: without it what a peer holds would be bound by the machine alone. */
export const heapMegabytes = 4_096;

export const hold = (order: SessionOrder): Promise<Session> =>
  answerOf(file, order, [`--max-old-space-size=${heapMegabytes}`]) as Promise<Session>;
