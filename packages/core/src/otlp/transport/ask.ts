import { ExportFailure } from "../../pipeline/export-failure.ts";
import type { Answer } from "./answer.ts";
import { beginningOf } from "./answer-body.ts";
import { denialIn } from "./denied.ts";
import { distrustIn } from "./distrusted.ts";
import { wasNeverReached } from "./never-reached.ts";
import { untraced } from "./untraced.ts";

/** Somebody who answers over HTTP. */
export interface Askable {
  /** In a sentence: `the collector`. */
  readonly whom: string;
  readonly fetch: typeof fetch;
  /** Reads what is answered. Never rejects. Default: its beginning. */
  readonly read?: (response: Response) => Promise<Uint8Array>;
}

/**
 * What is answered to one request, whatever that is; throws an `ExportFailure` where nothing is. The application's own OpenTelemetry makes no span of
 * it. A redirect is not followed: it would turn the request into a GET, and its answer into a false success.
 */
export async function ask(
  url: string,
  request: RequestInit,
  { whom, fetch, read = beginningOf }: Askable,
): Promise<Answer> {
  try {
    const response = await untraced(() => fetch(url, { redirect: "manual", ...request }));
    const { status, headers } = response;
    return {
      status,
      contentType: headers.get("content-type"),
      retryAfter: headers.get("retry-after"),
      location: headers.get("location"),
      body: await read(response),
    };
  } catch (cause) {
    throw unansweredBecauseOf(cause, whom);
  }
}

function unansweredBecauseOf(cause: unknown, whom: string): ExportFailure {
  const repair = repairOf(cause, whom);
  if (repair !== null)
    return new ExportFailure(repair, { retry: "same", answered: true, needsRepair: true, cause });
  const unreached = wasNeverReached(cause);
  const message = unreached
    ? `${whom} could not be reached`
    : `${whom} did not answer, or the connection was cut`;
  return new ExportFailure(message, { retry: "same", answered: unreached, unreached, cause });
}

/** What somebody has to put right before a request can leave; null: nothing that is known. */
function repairOf(cause: unknown, whom: string): string | null {
  const denial = denialIn(cause);
  if (denial !== null) return `this process is not permitted to ask ${whom}: ${denial}`;
  const distrust = distrustIn(cause);
  if (distrust === null) return null;
  return `the certificate of ${whom} is not trusted (${distrust}), name its authority in NODE_EXTRA_CA_CERTS`;
}
