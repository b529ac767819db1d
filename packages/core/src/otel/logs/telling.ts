import type { KeyValue } from "../../otlp/wire/key-value.ts";

/** What of an event becomes a log record; where and when it was is said alike for all of them. */
export interface Telling {
  /** Absent on a plain log line. */
  readonly eventName?: string;
  /** 1 to 24; null: in words that are not understood. */
  readonly severity: number | null;
  /** The level as it was said, where it was. */
  readonly level?: string;
  /** One line for people, without content; on a log line what was written. Null: it may not go out, or there is none. */
  readonly body: string | null;
  readonly attributes: readonly KeyValue[];
}
