import type { JsonObject } from "../../vocabulary/json.ts";

/** One line of Langfuse's ingestion API: a row is written by `body.id`, so the same one again changes nothing. */
export interface IngestionEvent {
  /** The line's own, by which it is answered. */
  readonly id: string;
  readonly type:
    | "trace-create"
    | "span-create"
    | "generation-create"
    | "event-create"
    | "score-create";
  /** ISO 8601. */
  readonly timestamp: string;
  readonly body: JsonObject & { readonly id: string };
}
