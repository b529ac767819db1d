import type { Answer } from "../../backend/answer.ts";
import { projectId } from "../deployment.ts";
import { notFound, reply } from "../reply.ts";
import type { Database } from "../storage/database.ts";
import type { StoredObservation, StoredTrace } from "../storage/stored.ts";
import { apiScore } from "./api-score.ts";
import { metadataRead, secondsBetween } from "./values.ts";

/** What a person gets who downloads a trace from the page of version 4: observations and scores, and no trace of its own. */
export function downloadOf(traceId: string, { events, scores }: Database): Answer {
  const trace = events.traces().find(({ id }) => id === traceId);
  if (trace === undefined) return notFound;
  return reply(200, {
    observations: events
      .observations()
      .filter((row) => row.traceId === traceId)
      .map((row) => downloaded(row, trace)),
    scores: scores
      .rows()
      .filter((score) => score.traceId === traceId)
      .map(apiScore),
  });
}

/** Content is text here, and empty text where nothing was said; tags are those of the whole trace. */
function downloaded(row: StoredObservation, trace: StoredTrace): Readonly<Record<string, unknown>> {
  return {
    id: row.id,
    traceId: row.traceId,
    userId: row.userId ?? "",
    sessionId: row.sessionId ?? "",
    projectId,
    startTime: row.startTime,
    endTime: row.endTime,
    parentObservationId: row.parentObservationId ?? "",
    type: row.type,
    environment: row.environment,
    name: row.name,
    level: row.level,
    traceName: row.traceName ?? trace.name ?? "",
    statusMessage: row.statusMessage ?? "",
    release: row.release ?? "",
    version: row.version ?? "",
    createdAt: row.startTime,
    updatedAt: row.startTime,
    model: row.model ?? "",
    modelParameters: row.modelParameters,
    internalModelId: row.modelId ?? "",
    completionStartTime: row.completionStartTime,
    promptId: "",
    promptName: row.promptName ?? "",
    promptVersion: row.promptVersion,
    providedUsageDetails: row.providedUsageDetails,
    usageDetails: row.usageDetails,
    providedCostDetails: row.providedCostDetails,
    costDetails: row.costDetails,
    usagePricingTierId: null,
    usagePricingTierName: null,
    latency: secondsBetween(row.startTime, row.endTime),
    timeToFirstToken: secondsBetween(row.startTime, row.completionStartTime),
    toolDefinitions: row.toolDefinitions,
    toolCalls: row.toolCalls,
    toolCallNames: row.toolCallNames,
    tags: trace.tags,
    bookmarked: false,
    public: trace.public,
    input: row.input,
    output: row.output,
    metadata: metadataRead(row.metadata),
  };
}
