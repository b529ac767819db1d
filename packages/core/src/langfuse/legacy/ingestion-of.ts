import type { Observation } from "../../otlp/encode/overlays/langfuse/observation.ts";
import type { JsonObject, JsonValue } from "../../vocabulary/json.ts";
import type { IngestionEvent } from "../ingestion/ingestion-event.ts";

/** The observations of one span as old servers take them, with their trace, which has no row unless somebody writes it. */
export function ingestionOf(observations: readonly Observation[]): readonly IngestionEvent[] {
  return [...observations.slice(0, 1).map(traceLineOf), ...observations.map(lineOf)];
}

function traceLineOf(observation: Observation): IngestionEvent {
  const { traceId, id } = observation;
  const timestamp = momentOf(observation);
  return {
    id: `${traceId}-${id}`,
    type: "trace-create",
    timestamp,
    body: { id: traceId, ...traceOf(observation, timestamp) },
  };
}

function lineOf(observation: Observation): IngestionEvent {
  const { traceId, id } = observation;
  const timestamp = momentOf(observation);
  return { id, type: typeOf(observation), timestamp, body: { id, traceId, ...rowOf(observation) } };
}

const momentOf = ({ start, end }: Observation): string =>
  timeOf(start) ?? timeOf(end) ?? unknownTime;

/** Langfuse refuses a line without a time. What nobody knows a time of says so in its metadata. */
const unknownTime = new Date(0).toISOString();

/** Every observation says the same of its trace; what went in and came out of it, only the uppermost knows. */
function traceOf(observation: Observation, timestamp: string): JsonObject {
  const { traceName, sessionId, userId, tags, isRoot, input, output } = observation;
  return {
    ...known({ name: traceName, sessionId, userId, ...scopeOf(observation) }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(isRoot ? { timestamp, ...known({ input, output }) } : {}),
  };
}

function rowOf(observation: Observation): JsonObject {
  const { parentId, name, start, end, input, output, level, statusMessage, metadata } = observation;
  return {
    ...known({
      parentObservationId: parentId,
      startTime: timeOf(start),
      input,
      output,
      statusMessage,
      ...scopeOf({ ...observation, release: null }),
    }),
    name,
    level,
    metadata,
    ...(observation.type === "event" ? {} : known({ endTime: timeOf(end) })),
    ...(isCall(observation) ? generationOf(observation) : {}),
  };
}

function generationOf(observation: Observation): JsonObject {
  const { model, modelParameters, usageDetails, costDetails, firstOutputAt } = observation;
  const { promptName, promptVersion } = observation;
  return {
    ...known({
      model,
      modelParameters,
      usageDetails,
      costDetails,
      completionStartTime: timeOf(firstOutputAt),
    }),
    // One without the other is refused.
    ...(promptName === null || promptVersion === null ? {} : { promptName, promptVersion }),
  };
}

const scopeOf = ({
  environment,
  release,
  version,
}: Pick<Observation, "environment" | "release" | "version">): Readonly<
  Record<string, string | null>
> => ({ environment, release, version });

/** Of the kinds that newer servers tell apart, old ones count the tokens of generations alone. */
const isCall = ({ type }: Observation): boolean => type === "generation" || type === "embedding";

function typeOf(observation: Observation): IngestionEvent["type"] {
  if (isCall(observation)) return "generation-create";
  return observation.type === "event" ? "event-create" : "span-create";
}

/** What is unknown is left out. */
function known(fields: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter(
      (field): field is [string, JsonValue] => field[1] !== null && field[1] !== undefined,
    ),
  );
}

function timeOf(ms: number | null): string | null {
  const time = new Date(ms ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
