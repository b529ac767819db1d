import { asText, type Loose } from "../loose.ts";
import { anyText, id, maybe, oneOf, problemsIn } from "./shape.ts";

/** What a score must be about, and what its value may be by its type. */
export function scoreProblems(body: Loose): readonly string[] {
  return [
    ...problemsIn(body, {
      id: maybe(id),
      traceId: maybe(anyText),
      observationId: maybe(anyText),
      sessionId: maybe(anyText),
      datasetRunId: maybe(anyText),
      comment: maybe(anyText),
      source: (name, value) => (value === undefined ? [] : sources(name, value)),
    }),
    ...(typeof body["name"] === "string" && body["name"] !== "" ? [] : ["expected a name"]),
    ...valueProblems(body["dataType"], body["value"]),
    ...subjectProblems(body),
  ];
}

const sources = oneOf("API", "EVAL", "ANNOTATION");

function valueProblems(dataType: unknown, value: unknown): readonly string[] {
  if (dataType === undefined)
    return typeof value === "string" || typeof value === "number" ? [] : ["expected a value"];
  const type = asText(dataType);
  const holds = values.get(type);
  if (holds === undefined) return [`expected a known dataType, received ${type}`];
  return holds(value) ? [] : [`expected a value that is ${type}`];
}

const values: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ["NUMERIC", (value: unknown) => typeof value === "number"],
  ["BOOLEAN", (value: unknown) => value === 0 || value === 1],
  ["CATEGORICAL", (value: unknown) => typeof value === "string"],
  ["CORRECTION", (value: unknown) => typeof value === "string"],
  [
    "TEXT",
    (value: unknown) => typeof value === "string" && value.length >= 1 && value.length <= 500,
  ],
]);

/** Exactly one of a trace, a session and a run of a dataset; an observation only within a trace. */
function subjectProblems(body: Loose): readonly string[] {
  const subjects = ["traceId", "sessionId", "datasetRunId"].filter((name) => Boolean(body[name]));
  return [
    ...(subjects.length === 1 ? [] : ["expected one of traceId, sessionId and datasetRunId"]),
    ...(body["observationId"] && !body["traceId"] ? ["expected observationId with a traceId"] : []),
  ];
}
