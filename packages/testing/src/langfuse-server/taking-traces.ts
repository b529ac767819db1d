import type { Answer } from "../backend/answer.ts";
import type { ReceivedRequest } from "../backend/received-request.ts";
import { capabilitiesOf, type Deployment } from "./deployment.ts";
import { malformed } from "./intake/malformed.ts";
import { spansIn } from "./intake/sent-span.ts";
import { readTraces } from "./intake/traces-body.ts";
import { notFound, reply } from "./reply.ts";
import type { Database } from "./storage/database.ts";
import type { Arrival } from "./storage/observation-row.ts";

/** What the worker could not read, after the sender had been told that all was well. */
export type Lost = (reason: string) => void;

/** `POST /api/public/otel/v1/traces`. All of a batch is taken, or none of it; what it answers then is a job of its queue, and nothing of OTLP. */
export function takingTraces(
  request: ReceivedRequest,
  {
    deployment,
    database,
    lost,
  }: {
    readonly deployment: Deployment;
    readonly database: Database;
    readonly lost: Lost;
  },
): Answer {
  const can = capabilitiesOf(deployment);
  if (!can.otlp) return notFound;
  if (!can.gzip && request.headers["content-encoding"] !== undefined)
    return reply(400, { error: "the body is compressed" });
  const read = readTraces(request);
  if ("refusal" in read) return reply(400, { error: read.refusal });
  const { resourceSpans } = read;
  if (!Array.isArray(resourceSpans) || resourceSpans.length === 0) return reply(200, {});
  const problems = malformed(resourceSpans);
  if (problems.length > 0)
    return reply(400, { error: `nothing was taken: ${problems.join(", ")}` });
  const ingestion = can.ingestionVersion ? headerOf(request, "x-langfuse-ingestion-version") : "";
  if (ingestion !== "" && !(Number.parseInt(ingestion, 10) <= 4))
    return reply(400, { error: `the ingestion version "${ingestion}" is above 4` });
  const arrival = arrivalOf(request, can.events && can.legacy);
  try {
    database.takeSpans(spansIn(resourceSpans), arrival);
  } catch (error) {
    lost(String(error));
  }
  return reply(200, { id: "1", name: "otel-ingestion-job" });
}

/** What came without a word for which model it is, to a server that keeps both, is copied to the new one minutes later. */
export function arrivalOf(request: ReceivedRequest, keepsBoth: boolean): Arrival {
  const [sdkName, sdkVersion] = [
    headerOf(request, "x-langfuse-sdk-name") || "unknown",
    headerOf(request, "x-langfuse-sdk-version") || "unknown",
  ];
  const newest = Number.parseInt(headerOf(request, "x-langfuse-ingestion-version"), 10) >= 4;
  const major = Number.parseInt(sdkVersion, 10);
  const ofLangfuse = sdkName === "javascript" ? major >= 5 : sdkName === "python" && major >= 4;
  return { sdkName, sdkVersion, delayed: keepsBoth && !newest && !ofLangfuse };
}

/** Proxies that change hyphens to underscores are forgiven. */
function headerOf({ headers }: ReceivedRequest, name: string): string {
  const value = headers[name] ?? headers[name.replaceAll("-", "_")];
  return typeof value === "string" ? value : "";
}
