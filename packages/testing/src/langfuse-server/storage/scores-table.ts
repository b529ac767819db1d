import type { IngestionEvent } from "../legacy/ingestion-event.ts";
import { inMilliseconds } from "../legacy/moment.ts";
import { isRecord, textAt } from "../loose.ts";
import { accepted } from "../mapping/environment.ts";
import { compared } from "./in-order.ts";
import type { StoredScore } from "./stored.ts";

/** Scores by their id: a later one of the same id takes its place, at the time of the first. */
export class ScoresTable {
  readonly #rows: Map<string, StoredScore> = new Map();

  take({ timestamp, body }: IngestionEvent): void {
    const id = String(body["id"]);
    const value = body["value"] as number | string;
    this.#rows.set(id, {
      id,
      timestamp: this.#rows.get(id)?.timestamp ?? inMilliseconds(timestamp),
      name: String(body["name"]),
      dataType: textAt(body, "dataType") ?? (typeof value === "number" ? "NUMERIC" : "CATEGORICAL"),
      value,
      traceId: textAt(body, "traceId"),
      observationId: textAt(body, "observationId"),
      sessionId: textAt(body, "sessionId"),
      datasetRunId: textAt(body, "datasetRunId"),
      environment: accepted(body["environment"]),
      comment: textAt(body, "comment"),
      source: textAt(body, "source") ?? "API",
      metadata: isRecord(body["metadata"]) ? body["metadata"] : {},
    });
  }

  rows(): readonly StoredScore[] {
    return [...this.#rows.values()].toSorted((a, b) => compared(a.id, b.id));
  }
}
