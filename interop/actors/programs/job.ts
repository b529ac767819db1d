import type { BrokerName } from "../clients/client-of.ts";
import type { Channel } from "../clients/client.ts";

/** Which broker, and what of it, a program is about. */
export interface Job {
  readonly broker: BrokerName;
  readonly address: string;
  readonly channel: Channel;
}

/** What the payload asks of whoever handles it. */
export type Task = "work" | "forward" | "fail once" | "fail" | "refuse";

export interface ProducerJob extends Job {
  readonly count: number;
  /** The messages are spread over so many. */
  readonly conversations: number;
  readonly task: Task;
  /** Every so many messages the task is to fail the first time. */
  readonly failEvery?: number;
}

export interface WorkerJob extends Job {
  readonly agent: string;
  readonly relation: "link" | "parent";
  readonly forwardTo?: Channel;
  /** Begins with whatever it is given, and never ends. */
  readonly hangs?: true;
}

/** What a program says to the test that started it. */
export type Said =
  | { readonly says: "ready" }
  | { readonly says: "sent"; readonly messageId: string; readonly traceparent: string }
  | {
      readonly says: "began" | "handled";
      readonly messageId: string;
      readonly traceId: string;
      readonly spanId: string;
    }
  | { readonly says: "buried"; readonly reason: string }
  | {
      readonly says: "closed";
      /** Of the recording, not of the handlers. */
      readonly failures: number;
      readonly refused: number;
      readonly lost: number;
      readonly peakMegabytes: number;
    };
