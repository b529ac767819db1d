import { projectId } from "../deployment.ts";
import type { StoredScore } from "../storage/stored.ts";

/** A score in the shape that stands with a trace: a number for every type, and its words beside it. */
export function apiScore(score: StoredScore): Readonly<Record<string, unknown>> {
  const { metadata, value, ...rest } = score;
  const isNumber = typeof value === "number";
  return {
    ...rest,
    projectId,
    authorUserId: null,
    configId: null,
    createdAt: score.timestamp,
    updatedAt: score.timestamp,
    metadata,
    ...(score.dataType === "TEXT" ? {} : { value: isNumber ? value : 0 }),
    ...(score.dataType === "NUMERIC" ? {} : { stringValue: wordsOf(score) }),
  };
}

function wordsOf({ dataType, value }: StoredScore): string {
  if (dataType === "BOOLEAN") return value === 1 ? "True" : "False";
  return String(value);
}
