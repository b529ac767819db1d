import type { ObservedEnvelopes } from "@spoor/autogen";

export type TracingName = "nobody" | "Spoor" | "OpenTelemetry";

/** Who watches the messages. An exchange takes of it what it has a use for. */
export interface Tracing {
  readonly name: TracingName;
  /** What stands around sending and handling; null where nothing does. */
  readonly envelopes: ObservedEnvelopes | null;
  /** Resolves when nothing waits to be recorded or exported. */
  settle(): Promise<void>;
  /** Bytes on disk. Throws where less is recorded than so many messages amount to. */
  close(messages: number): Promise<number>;
}
