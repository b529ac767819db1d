import type { Observation } from "../../otlp/encode/overlays/langfuse/observation.ts";
import type { JsonValue } from "../../vocabulary/json.ts";
import { parsed, type Row } from "./row.ts";

/** What a server of version 3 would give back of an observation, with what newer ones say on each. */
export function storedRow(observation: Observation): Row {
  const { id, traceId, parentId, start, end, firstOutputAt, metadata, type, ...fields } =
    observation;
  return JSON.parse(
    JSON.stringify({
      ...fields,
      id,
      traceId,
      parentObservationId: parentId,
      type: type.toUpperCase(),
      startTime: timeText(start),
      endTime: timeText(end),
      completionStartTime: timeText(firstOutputAt),
      metadata: Object.fromEntries(
        Object.entries(metadata).map(([name, value]) => [name, readBack(value)]),
      ),
    }),
  ) as Row;
}

const timeText = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString();

/** Stored as text, read as whatever that is. */
function readBack(value: JsonValue): unknown {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return parsed(text) ?? text;
}
