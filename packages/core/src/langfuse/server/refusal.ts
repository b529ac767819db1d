import type { Answer } from "../../otlp/transport/answer.ts";
import { failureIn } from "../../otlp/transport/failure.ts";
import { saying } from "../../otlp/transport/saying.ts";
import { ExportFailure } from "../../pipeline/export-failure.ts";
import { identityOf, type LangfuseServer } from "./langfuse-server.ts";

/** What an answer means for what was sent; null: all of it is there. The classes are those of every collector, the words are Langfuse's. */
export function refusalIn(answer: Answer, server: LangfuseServer): ExportFailure | null {
  const failure = failureIn(answer, server.clock());
  if (failure === null) return null;
  if (isOfAnother(answer)) return strangerAt(server, answer);
  const { retry, retryAfterMs, answered, needsRepair, rejected } = failure;
  return new ExportFailure(wordsOn(answer, server) ?? failure.message, {
    retry,
    retryAfterMs,
    answered,
    needsRepair,
    ...(rejected === null ? {} : { rejected }),
  });
}

/** Langfuse itself answers in JSON. A page is of something before it, which judges neither the batch nor the keys; only how much it takes, it may say. */
const isOfAnother = ({ status, contentType }: Answer): boolean =>
  /^\s*text\/html\b/i.test(contentType ?? "") &&
  (status < 300 || status === 400 || status === 401 || status === 403);

function strangerAt({ baseUrl }: LangfuseServer, answer: Answer): ExportFailure {
  const message = `a web page answers instead of the Langfuse at ${baseUrl} (${answer.status}), check the address and what stands before it${saying(answer)}`;
  return new ExportFailure(message, { retry: "same", answered: true, needsRepair: true });
}

/** Null: it was taken, as far as the answer says by its status. */
function wordsOn(answer: Answer, server: LangfuseServer): string | null {
  const { status, location } = answer;
  const { baseUrl } = server;
  if (status < 300) return null;
  if (status < 400) return redirectWords(baseUrl, status, location);
  switch (status) {
    case 401:
    case 403:
      return `Langfuse refused ${identityOf(server)} (${status}), check that both keys belong to one project there: each region has its own${saying(answer)}`;
    case 404:
      return `there is no API of Langfuse at ${baseUrl} (404), check the address`;
    case 413:
      return `the Langfuse at ${baseUrl}, or what stands before it, takes no request as large as this (413), raise its limit or lower maxFieldBytes${saying(answer)}`;
    default:
      return `Langfuse answered ${status}${saying(answer)}`;
  }
}

/** A query may hold what nobody else is to know. */
function redirectWords(baseUrl: string, status: number, location: string | null): string {
  const to = location === null ? null : URL.parse(location, `${baseUrl}/`);
  if (to === null)
    return `the Langfuse at ${baseUrl} redirects to nowhere (${status}), check the address`;
  const [moved, api] = `${to.origin}${to.pathname}`.split("/api/public/");
  return api === undefined
    ? `the Langfuse at ${baseUrl} redirects to ${moved} (${status}), let requests to /api/public pass without a login, or give another address`
    : `the Langfuse at ${baseUrl} redirects to ${moved} (${status}), give that address instead`;
}
