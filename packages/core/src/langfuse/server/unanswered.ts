import { systemCode } from "../../journal/disk/journal-error.ts";
import { ExportFailure } from "../../pipeline/export-failure.ts";
import type { LangfuseServer } from "./langfuse-server.ts";

/** What TLS says of an answer that is none of TLS. */
const notTls: ReadonlySet<string> = new Set([
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_PACKET_LENGTH_TOO_LONG",
  "ERR_SSL_HTTP_REQUEST",
]);
const deepest = 5;

/** Why a server did not answer, where more is known of it than that. */
export function unansweredBy({ baseUrl }: LangfuseServer, error: unknown): unknown {
  if (!saysNotTls(error)) return error;
  const message = `what answers at ${baseUrl} does not speak HTTPS, say ${baseUrl.replace("https:", "http:")} if that is meant`;
  return new ExportFailure(message, {
    retry: "same",
    answered: true,
    needsRepair: true,
    cause: error,
  });
}

function saysNotTls(error: unknown, depth: number = 0): boolean {
  if (!(error instanceof Error) || depth > deepest) return false;
  return notTls.has(systemCode(error) ?? "") || saysNotTls(error.cause, depth + 1);
}
