import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { TracesRequest } from "../otlp/wire/otlp.ts";
import { tracesPayload } from "../otlp/wire/payload.ts";
import { ask } from "./server/ask.ts";
import type { LangfuseServer } from "./server/langfuse-server.ts";
import { refusalIn } from "./server/refusal.ts";

export const tracesPath = "/api/public/otel/v1/traces";

const compressed = promisify(gzip);
/** Names and ids repeat: the lowest level already takes most of it. */
const level = { level: 1 };

/** One request with OTLP, sent once. Resolves when the server has stored it; else throws an `ExportFailure` that says what may help. */
export async function sendTraces(
  request: TracesRequest,
  server: LangfuseServer,
  signal: AbortSignal,
): Promise<void> {
  const { body, contentType } = tracesPayload(request, "http/json");
  const answer = await ask(
    server,
    {
      path: tracesPath,
      body: await compressed(body, level),
      headers: {
        "content-type": contentType,
        "content-encoding": "gzip",
        // Else servers of both models keep what arrives for minutes before it is seen.
        "x-langfuse-ingestion-version": "4",
      },
    },
    signal,
  );
  const refusal = refusalIn(answer, server);
  if (refusal) throw refusal;
}
