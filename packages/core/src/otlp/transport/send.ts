import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { ExportFailure } from "../../pipeline/export-failure.ts";
import type { Answer } from "./answer.ts";
import { beginningOf } from "./answer-body.ts";
import { failureIn } from "./failure.ts";
import { wasNeverReached } from "./never-reached.ts";
import type { Payload } from "../wire/payload.ts";

export type Compression = "gzip" | "none";

export interface Collector {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly compression: Compression;
  readonly fetch: typeof fetch;
  /** Milliseconds since the epoch, to understand a `Retry-After` that names a date. */
  readonly clock: () => number;
}

const compressed = promisify(gzip);
/** Names and ids repeat: the lowest level already takes most of it, in less than half the time. */
const level = { level: 1 };
const smallestCompressed = 1_024;

/** One request, sent once. Resolves when the collector has all of it; else throws an `ExportFailure` that says what may help. */
export async function send(
  { body, contentType }: Payload,
  collector: Collector,
  signal: AbortSignal,
): Promise<void> {
  const isCompressed = collector.compression === "gzip" && body.byteLength > smallestCompressed;
  const answer = await post(collector, {
    body: isCompressed ? await compressed(body, level) : body,
    headers: {
      ...collector.headers,
      "content-type": contentType,
      ...(isCompressed ? { "content-encoding": "gzip" } : {}),
    },
    signal,
  });
  const failure = failureIn(answer, collector.clock());
  if (failure) throw failure;
}

/** A redirect is not followed: it would turn the request into a GET, and its answer into a false success. */
async function post(
  { url, fetch }: Collector,
  request: Pick<RequestInit, "body" | "headers" | "signal">,
): Promise<Answer> {
  try {
    const response = await fetch(url, { method: "POST", redirect: "manual", ...request });
    const { status, headers } = response;
    return {
      status,
      contentType: headers.get("content-type"),
      retryAfter: headers.get("retry-after"),
      location: headers.get("location"),
      body: await beginningOf(response),
    };
  } catch (cause) {
    const answered = wasNeverReached(cause);
    const message = answered
      ? "the collector could not be reached"
      : "the collector did not answer, or the connection was cut";
    throw new ExportFailure(message, { retry: "same", answered, cause });
  }
}
