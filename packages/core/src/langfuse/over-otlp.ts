import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Answer } from "../otlp/transport/answer.ts";
import { saying, textOf } from "../otlp/transport/saying.ts";
import type { TracesRequest } from "../otlp/wire/otlp.ts";
import { tracesPayload } from "../otlp/wire/payload.ts";
import { ExportFailure } from "../pipeline/export-failure.ts";
import { isRecord } from "../vocabulary/json.ts";
import { tracesPath } from "./paths.ts";
import { ask } from "./server/ask.ts";
import type { LangfuseServer } from "./server/langfuse-server.ts";
import { refusalIn } from "./server/refusal.ts";

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
  const refusal = refusalIn(answer, server) ?? errorIn(answer);
  if (refusal) throw refusal;
}

/** A gateway may answer 200 and an error. Langfuse names the job that stores what it took. */
function errorIn(answer: Answer): ExportFailure | null {
  if (!saysError(textOf(answer.body))) return null;
  const message = `what answers in the place of Langfuse says ${answer.status} and an error, check the address and what stands before it${saying(answer)}`;
  return new ExportFailure(message, { retry: "same", answered: true, needsRepair: true });
}

function saysError(body: string): boolean {
  try {
    const said: unknown = JSON.parse(body);
    const error = isRecord(said) ? said["error"] : undefined;
    return isRecord(error) || (typeof error === "string" && error !== "");
  } catch {
    return false;
  }
}
