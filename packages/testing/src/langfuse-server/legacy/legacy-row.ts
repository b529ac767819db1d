import { asText, isRecord, type Loose, parsed, textAt } from "../loose.ts";
import type { Level } from "../mapping/level.ts";
import { toolsOf } from "../mapping/observation.ts";
import type { ObservationType } from "../mapping/observation-type.ts";
import { countsIn } from "../mapping/usage.ts";
import { type Arrival, observationRow } from "../storage/observation-row.ts";
import type { StoredObservation } from "../storage/stored.ts";
import { withToolsMoved } from "../tools/moved-tools.ts";
import { inMilliseconds } from "./moment.ts";

/** A merged body as a row. An end before the start is the start; a cost that is no number, or negative, is dropped. */
export function legacyRow(kind: string, body: Loose, arrival: Arrival): StoredObservation {
  const { input, metadata } = withToolsMoved(body["input"], metadataOf(body["metadata"]));
  const startTime = inMilliseconds(String(body["startTime"]));
  const end = timeAt(body, "endTime");
  return observationRow(
    {
      id: String(body["id"]),
      traceId: String(body["traceId"] ?? body["id"]),
      parentObservationId: textAt(body, "parentObservationId"),
      isAppRoot: false,
      type: kind as ObservationType,
      name: textAt(body, "name") ?? "",
      level: (body["level"] ?? "DEFAULT") as Level,
      statusMessage: textAt(body, "statusMessage"),
      startTime,
      endTime: end === null || end < startTime ? startTime : end,
      completionStartTime: timeAt(body, "completionStartTime"),
      model: textAt(body, "model"),
      modelParameters: body["modelParameters"] ?? {},
      promptName: textAt(body, "promptName"),
      promptVersion: body["promptVersion"] ?? null,
      providedUsageDetails: isRecord(body["usageDetails"]) ? countsIn(body["usageDetails"]) : {},
      providedCostDetails: costsIn(body["costDetails"]),
      input: columnOf(input),
      output: columnOf(body["output"]),
      metadata: Object.entries(metadata).map(([name, value]) => [name, asText(value)] as const),
      environment: String(body["environment"]),
      version: textAt(body, "version"),
      ...ofTheTrace,
      ...toolsOf(input, body["output"]),
    },
    arrival,
    body["level"] !== "ERROR",
  );
}

/** In version 3 these stand on the trace alone. */
const ofTheTrace = {
  traceName: null,
  userId: null,
  sessionId: null,
  tags: [],
  public: false,
  release: null,
} as const;

/** What is no object stands under a name of its own. */
function metadataOf(value: unknown): Loose {
  if (value === null || value === undefined) return {};
  return isRecord(value) ? value : { metadata: asText(parsed(value)) };
}

function costsIn(value: unknown): Loose {
  if (!isRecord(value)) return {};
  const said = Object.entries(value).filter(
    ([, cost]) => typeof cost === "number" && !Number.isNaN(cost) && cost >= 0,
  );
  return Object.fromEntries(said);
}

function timeAt(body: Loose, name: string): string | null {
  const value = textAt(body, name);
  return value === null ? null : inMilliseconds(value);
}

const columnOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : asText(value);
