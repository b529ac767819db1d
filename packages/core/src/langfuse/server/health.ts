import { saying, textOf } from "../../otlp/transport/saying.ts";
import { ExportFailure } from "../../pipeline/export-failure.ts";
import { isRecord } from "../../vocabulary/json.ts";
import { ask } from "./ask.ts";
import type { LangfuseServer } from "./langfuse-server.ts";
import { refusalIn } from "./refusal.ts";
import { type Version, versionOf } from "./version.ts";

/**
 * Which version answers there. Asked without the keys. Throws an `ExportFailure` where that cannot be learnt: what waits is then neither sent nor
 * dropped.
 */
export async function versionAt(server: LangfuseServer, signal: AbortSignal): Promise<Version> {
  const answer = await ask(server, { path: "/api/public/health", openly: true }, signal);
  const said = versionIn(textOf(answer.body));
  const version = said === null ? null : versionOf(said);
  // A server whose database is away says 503, and its version all the same: it will take nothing now.
  const isStranger = version === null && answer.status >= 200 && answer.status < 300;
  if (!isStranger) {
    const refusal = refusalIn(answer, server);
    if (refusal) throw notNow(refusal);
    if (version) return version;
  }
  const received = said === null ? saying(answer) || ": nothing" : `: version "${said}"`;
  const message = `what answers at ${server.baseUrl} does not tell a version of Langfuse${received.slice(0, 120)}, check the address, or say transport: "otlp" to send without asking`;
  throw new ExportFailure(message, { retry: "same", answered: true, needsRepair: true });
}

/** It is about the server and never about what waits: splitting that does not help. */
function notNow({ message, retryAfterMs, needsRepair }: ExportFailure): ExportFailure {
  return new ExportFailure(message, { retry: "same", answered: true, retryAfterMs, needsRepair });
}

function versionIn(body: string): string | null {
  try {
    const health: unknown = JSON.parse(body);
    const version = isRecord(health) ? health["version"] : null;
    return typeof version === "string" ? version : null;
  } catch {
    return null;
  }
}
