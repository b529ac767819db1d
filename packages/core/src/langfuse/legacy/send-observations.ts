import type { Observation } from "../../otlp/encode/overlays/langfuse/observation.ts";
import { ExportFailure } from "../../pipeline/export-failure.ts";
import { failureAmong, isRefusedWhole } from "../ingestion/failure-among.ts";
import { ingest } from "../ingestion/ingest.ts";
import type { LangfuseServer } from "../server/langfuse-server.ts";
import type { Ways } from "../ways.ts";
import { ingestionOf } from "./ingestion-of.ts";

/**
 * One request to the ingestion API, with all rows that each span amounts to. Resolves when each of them is stored; else throws an `ExportFailure` that
 * counts the spans that were refused. A server that refuses all may be another one by now: it is asked again before anything is dropped.
 */
export async function sendObservations(
  spans: readonly (readonly Observation[])[],
  { server, ways }: { readonly server: LangfuseServer; readonly ways: Ways },
  signal: AbortSignal,
): Promise<void> {
  const members = spans.map(ingestionOf);
  const lines = members.flat();
  const ingested = await ingest(server, lines, signal);
  if (isRefusedWhole(ingested, lines)) {
    ways.forget();
    if ((await ways.way(signal)) !== "legacy")
      throw new ExportFailure(
        `the Langfuse at ${server.baseUrl} takes no traces by its ingestion API any more`,
        { retry: "same", answered: true, retryAfterMs: 0 },
      );
  }
  const failure = failureAmong(ingested, members);
  if (failure) throw failure;
}
