import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Payload } from "../wire/payload.ts";
import { ask } from "./ask.ts";
import { failureIn } from "./failure.ts";

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
  { url, headers, compression, fetch, clock }: Collector,
  signal: AbortSignal,
): Promise<void> {
  const isCompressed = compression === "gzip" && body.byteLength > smallestCompressed;
  const request = {
    method: "POST",
    body: isCompressed ? await compressed(body, level) : body,
    headers: {
      ...headers,
      "content-type": contentType,
      ...(isCompressed ? { "content-encoding": "gzip" } : {}),
    },
    signal,
  };
  const answer = await ask(url, request, { whom: "the collector", fetch });
  const failure = failureIn(answer, clock());
  if (failure) throw failure;
}
