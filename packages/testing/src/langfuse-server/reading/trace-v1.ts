import type { Answer } from "../../backend/answer.ts";
import { projectId } from "../deployment.ts";
import { parsed } from "../loose.ts";
import { notFound, reply } from "../reply.ts";
import type { Database } from "../storage/database.ts";
import { apiObservation } from "./api-observation.ts";
import { apiScore } from "./api-score.ts";
import { metadataRead } from "./values.ts";

/** `GET /api/public/traces/{id}` of version 3: the trace with its observations and its scores. */
export function traceV1(traceId: string, { legacy, scores }: Database): Answer {
  const trace = legacy.traces().find(({ id }) => id === traceId);
  if (trace === undefined) return notFound;
  const rows = legacy.observations().filter((row) => row.traceId === traceId);
  const times = rows.flatMap(({ startTime, endTime }) => [startTime, endTime]).map(Date.parse);
  return reply(200, {
    id: trace.id,
    externalId: null,
    projectId,
    timestamp: trace.timestamp,
    name: trace.name,
    userId: trace.userId,
    sessionId: trace.sessionId,
    tags: trace.tags,
    public: trace.public,
    bookmarked: false,
    environment: trace.environment,
    release: trace.release,
    version: trace.version,
    input: trace.input === null ? null : parsed(trace.input),
    output: trace.output === null ? null : parsed(trace.output),
    metadata: metadataRead(trace.metadata),
    createdAt: trace.timestamp,
    updatedAt: trace.timestamp,
    scores: scores
      .rows()
      .filter((score) => score.traceId === traceId)
      .map(apiScore),
    observations: rows.map(apiObservation),
    latency: times.length === 0 ? 0 : (Math.max(...times) - Math.min(...times)) / 1_000,
    totalCost: rows.reduce((sum, { costDetails }) => sum + (costDetails["total"] ?? 0), 0),
    htmlPath: `/project/${projectId}/traces/${traceId}`,
  });
}
