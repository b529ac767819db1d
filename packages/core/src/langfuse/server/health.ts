import type { Answer } from "../../otlp/transport/answer.ts";
import { saying, textOf } from "../../otlp/transport/saying.ts";
import { ExportFailure } from "../../pipeline/export-failure.ts";
import { inTime } from "../../pipeline/in-time.ts";
import { isRecord } from "../../vocabulary/json.ts";
import { ask } from "./ask.ts";
import type { LangfuseServer } from "./langfuse-server.ts";
import { refusalIn } from "./refusal.ts";
import { type Version, versionOf } from "./version.ts";

/** Its health is told in no time. What is asked in vain leaves time for the batch that waits for it. */
const patienceMs = 10_000;

/**
 * Which version answers there. Asked without the keys. Throws an `ExportFailure` where that cannot be learnt: what waits is then neither sent nor
 * dropped.
 */
export async function versionAt(server: LangfuseServer, signal: AbortSignal): Promise<Version> {
  const answer = await healthOf(server, signal);
  const said = versionIn(textOf(answer.body));
  const version = said === null ? null : versionOf(said);
  // A server whose database is away says 503, and its version all the same: it will take nothing now.
  const isTaken = answer.status >= 200 && answer.status < 300;
  if (isTaken && version) return version;
  if (isHidden(answer)) throw untold(server, `does not tell its version (${answer.status})`);
  const refusal = isTaken ? null : refusalIn(answer, server);
  if (refusal) throw notNow(refusal);
  const received = said === null ? saying(answer) || ": nothing" : `: version "${said}"`;
  throw untold(server, `does not tell a version of Langfuse${received.slice(0, 120)}`);
}

async function healthOf(server: LangfuseServer, signal: AbortSignal): Promise<Answer> {
  const request = { path: "/api/public/health", openly: true };
  try {
    return await inTime(patienceMs, [signal], (until) => ask(server, request, until));
  } catch (error) {
    if (ExportFailure.is(error)) throw notNow(error);
    throw error;
  }
}

/** Nobody was shown a key, so it is none that is wrong: something before it lets through what it knows. */
const isHidden = ({ status }: Answer): boolean =>
  status === 401 || status === 403 || status === 404;

function untold({ baseUrl }: LangfuseServer, what: string): ExportFailure {
  const message = `what answers at ${baseUrl} ${what}, check the address, or say transport: "otlp" to send without asking`;
  return new ExportFailure(message, { retry: "same", answered: true, needsRepair: true });
}

/** It is about the server and never about what waits, of which nothing has left: splitting that does not help. */
function notNow(failure: ExportFailure): ExportFailure {
  const { message, retryAfterMs, needsRepair, unreached, cause } = failure;
  return new ExportFailure(message, {
    retry: "same",
    answered: true,
    retryAfterMs,
    needsRepair,
    unreached,
    cause,
  });
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
