import { projectId } from "../deployment.ts";
import { parsed } from "../loose.ts";
import type { StoredObservation } from "../storage/stored.ts";
import { metadataRead, secondsBetween, sumOf } from "./values.ts";

/** An observation in the shape of version 3: content as values again, and the fields of older shapes beside those of newer ones. */
export function apiObservation(row: StoredObservation): Readonly<Record<string, unknown>> {
  const [input, output] = [
    sumOf(row.usageDetails, "input") ?? 0,
    sumOf(row.usageDetails, "output") ?? 0,
  ];
  const total = row.usageDetails["total"] ?? 0;
  return {
    id: row.id,
    projectId,
    traceId: row.traceId,
    parentObservationId: row.parentObservationId,
    type: row.type,
    name: row.name === "" ? null : row.name,
    environment: row.environment,
    startTime: row.startTime,
    endTime: row.endTime,
    completionStartTime: row.completionStartTime,
    createdAt: row.startTime,
    updatedAt: row.startTime,
    version: row.version,
    level: row.level,
    statusMessage: row.statusMessage,
    input: row.input === null ? null : parsed(row.input),
    output: row.output === null ? null : parsed(row.output),
    metadata: metadataRead(row.metadata),
    model: row.model,
    modelId: row.modelId,
    modelParameters: row.modelParameters,
    promptId: null,
    promptName: row.promptName,
    promptVersion: row.promptVersion,
    usageDetails: row.usageDetails,
    costDetails: row.costDetails,
    usagePricingTierId: null,
    usagePricingTierName: null,
    usage: { unit: "TOKENS", input, output, total },
    unit: "TOKENS",
    promptTokens: input,
    completionTokens: output,
    totalTokens: total,
    inputPrice: null,
    outputPrice: null,
    totalPrice: null,
    calculatedInputCost: sumOf(row.costDetails, "input"),
    calculatedOutputCost: sumOf(row.costDetails, "output"),
    calculatedTotalCost: row.costDetails["total"] ?? 0,
    latency: secondsBetween(row.startTime, row.endTime),
    timeToFirstToken: secondsBetween(row.startTime, row.completionStartTime),
  };
}
