import type { Answer } from "../../backend/answer.ts";
import { projectId } from "../deployment.ts";
import { reply } from "../reply.ts";
import type { StoredScore } from "../storage/stored.ts";

type Fields = Readonly<Record<string, unknown>>;

/** `GET /api/public/v3/scores`: newest first; what a score is about only where the group `subject` is asked for. */
export function scoresV3(rows: readonly StoredScore[], query: URLSearchParams): Answer {
  const limit = Number(query.get("limit") ?? 50);
  const groups = query.get("fields")?.split(",") ?? [];
  const asked = (["traceId", "sessionId", "observationId", "name"] as const).flatMap((name) => {
    const values = query.get(name)?.split(",");
    return values === undefined ? [] : [{ name, values }];
  });
  if (query.has("observationId") && !query.has("traceId"))
    return reply(400, { message: "observationId needs a traceId" });
  const found = rows
    .filter((row) => asked.every(({ name, values }) => values.includes(String(row[name]))))
    .toSorted((a, b) => Date.parse(b.timestamp) - Date.parse(a.timestamp));
  return reply(200, {
    data: found.slice(0, limit).map((row) => fieldsOf(row, groups)),
    meta: { limit },
  });
}

function fieldsOf(row: StoredScore, groups: readonly string[]): Fields {
  return {
    id: row.id,
    projectId,
    name: row.name,
    dataType: row.dataType,
    value: row.dataType === "BOOLEAN" ? row.value === 1 : row.value,
    source: row.source,
    timestamp: row.timestamp,
    environment: row.environment,
    createdAt: row.timestamp,
    updatedAt: row.timestamp,
    ...(groups.includes("details")
      ? { comment: row.comment, configId: null, metadata: row.metadata }
      : {}),
    ...(groups.includes("annotation") ? { authorUserId: null, queueId: null } : {}),
    ...(groups.includes("subject") ? { subject: subjectOf(row) } : {}),
  };
}

function subjectOf({ datasetRunId, observationId, sessionId, traceId }: StoredScore): Fields {
  if (datasetRunId) return { kind: "experiment", id: datasetRunId };
  if (observationId)
    return { kind: "observation", id: observationId, ...(traceId ? { traceId } : {}) };
  return sessionId ? { kind: "session", id: sessionId } : { kind: "trace", id: traceId };
}
