import type { ContentReader } from "../../journal/content.ts";
import { asText, inWords } from "../../journal/in-words.ts";
import { isEnvironment } from "../../otlp/encode/overlays/langfuse/environment-name.ts";
import type { Location } from "../../pipeline/locating.ts";
import type { EventOf } from "../../vocabulary/event.ts";
import type { JsonObject } from "../../vocabulary/json.ts";
import type { IngestionEvent } from "../ingestion/ingestion-event.ts";

export interface ScoreWorld {
  readonly location: Location | null;
  /** Null: no content goes out. */
  readonly content: ContentReader | null;
  /** Of scores on what says nothing of its environment. */
  readonly environment: string | null;
}

/**
 * A score as Langfuse keeps one: on the observation that it was given to, else on the session, with the id of the span that it is meant for. Null: it is
 * on nothing that Langfuse was told of, because the session has no name of its own there.
 */
export function scoreOf(
  given: EventOf<"score.given">,
  { location, content, environment }: ScoreWorld,
): IngestionEvent | null {
  const place = placeOf(given, location);
  if (place === null) return null;
  const { id, name, value, why, at, recordedAt } = given;
  const lived = environmentIn(location) ?? environment;
  const comment = content === null || why === undefined ? null : inWords(content.read(why));
  return {
    id,
    type: "score-create",
    timestamp: timeOf(at?.ms) ?? new Date(recordedAt).toISOString(),
    body: {
      id,
      ...place,
      name,
      ...valued(value),
      ...(comment === null ? {} : { comment: asText(comment) }),
      ...(lived === null ? {} : { environment: lived }),
    },
  };
}

function environmentIn(location: Location | null): string | null {
  const name = location?.environment?.toLowerCase() ?? "";
  return isEnvironment(name) ? name : null;
}

function placeOf(
  { session, on, spanId }: EventOf<"score.given">,
  location: Location | null,
): JsonObject | null {
  const span = on === null ? null : (location?.span ?? null);
  if (span) return { traceId: span.traceId, observationId: span.spanId };
  if (location?.sessionInferred || !isSessionId.test(session)) return null;
  return {
    sessionId: session,
    ...(spanId === null ? {} : { metadata: { "spoor.spanId": spanId } }),
  };
}

/** What Langfuse takes for one; sessions with other ids are not told to it. */
const isSessionId = /^[\x20-\x7e]{1,200}$/;

function valued(value: number | string | boolean): JsonObject {
  switch (typeof value) {
    case "number":
      return { value, dataType: "NUMERIC" };
    case "boolean":
      return { value: value ? 1 : 0, dataType: "BOOLEAN" };
    default:
      return { value, dataType: "CATEGORICAL" };
  }
}

function timeOf(ms: number | undefined): string | null {
  const time = new Date(ms ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
