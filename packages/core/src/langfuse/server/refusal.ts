import type { Answer } from "../../otlp/transport/answer.ts";
import { failureIn } from "../../otlp/transport/failure.ts";
import { saying } from "../../otlp/transport/saying.ts";
import { ExportFailure } from "../../pipeline/export-failure.ts";
import { identityOf, type LangfuseServer } from "./langfuse-server.ts";

/** What an answer means for what was sent; null: all of it is there. The classes are those of every collector, the words are Langfuse's. */
export function refusalIn(answer: Answer, server: LangfuseServer): ExportFailure | null {
  const failure = failureIn(answer, server.clock());
  if (failure === null || answer.status < 300) return failure;
  const { retry, retryAfterMs, answered, needsRepair } = failure;
  return new ExportFailure(wordsOn(answer, server), {
    retry,
    retryAfterMs,
    answered,
    needsRepair,
  });
}

function wordsOn(answer: Answer, server: LangfuseServer): string {
  const { status, location } = answer;
  const { baseUrl } = server;
  if (status >= 300 && status < 400)
    return `the Langfuse at ${baseUrl} redirects to ${location ?? "nowhere"} (${status}), give that address instead`;
  switch (status) {
    case 401:
    case 403:
      return `Langfuse refused ${identityOf(server)} (${status}), check that both keys belong to one project there: each region has its own${saying(answer)}`;
    case 404:
      return `there is no API of Langfuse at ${baseUrl} (404), check the address`;
    default:
      return `Langfuse answered ${status}${saying(answer)}`;
  }
}
