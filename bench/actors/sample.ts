import { answerOf } from "../answer-of.ts";
import type { TracingName } from "./tracing.ts";

export type ExchangeName = "in process" | "BullMQ" | "amqplib";

export interface SampleOrder {
  readonly exchange: ExchangeName;
  readonly tracing: TracingName;
  readonly address: string;
  /** How many messages make a conversation. */
  readonly together: number;
  readonly scratch: string;
}

/** All of them a message, sent and handled. */
export interface Sample {
  /** Microseconds of processor time. */
  readonly spent: number;
  /** Bytes to the queue. */
  readonly sent: number;
  /** Bytes on disk. */
  readonly kept: number;
}

const file = new URL("sample-process.ts", import.meta.url);

export const takeSample = (order: SampleOrder): Promise<Sample> =>
  answerOf(file, order) as Promise<Sample>;
