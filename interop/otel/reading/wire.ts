import { gunzipSync } from "node:zlib";
import {
  readOfficially,
  rewrittenOfficially,
  type Signal,
} from "../../../packages/core/src/otlp/wire/protobuf/official-classes.fixture.ts";
import type { LooseLogs } from "./received-logs.ts";
import type { LooseMetrics } from "./received-metrics.ts";
import type { LooseRequest } from "./received.ts";

/** What went over the wire, as it went. */
export interface Wire {
  readonly fetch: typeof fetch;
  /** Of those that were answered at all. */
  readonly answers: readonly number[];
  readonly requests: readonly Sent[];
}

export interface Sent {
  readonly contentType: string;
  readonly isCompressed: boolean;
  /** Without the compression. */
  readonly body: Buffer;
}

/** Listens in between exporter and server, and changes nothing. */
export function tapped(): Wire {
  const requests: Sent[] = [];
  const answers: number[] = [];
  return {
    requests,
    answers,
    fetch: async (url, init) => {
      requests.push(sentIn(init));
      const response = await fetch(url, init);
      answers.push(response.status);
      return response;
    },
  };
}

function sentIn(init: RequestInit | undefined): Sent {
  const headers = new Headers(init?.headers);
  const isCompressed = headers.get("content-encoding") === "gzip";
  if (!(init?.body instanceof Uint8Array)) throw new TypeError("expected a body of bytes");
  const body = Buffer.from(init.body);
  return {
    contentType: headers.get("content-type") ?? "",
    isCompressed,
    body: isCompressed ? gunzipSync(body) : body,
  };
}

export const readStrictly = (sent: Sent): LooseRequest => read(sent, "traces") as LooseRequest;
export const readLogsStrictly = (sent: Sent): LooseLogs => read(sent, "logs") as LooseLogs;
export const readMetricsStrictly = (sent: Sent): LooseMetrics =>
  read(sent, "metrics") as LooseMetrics;

/**
 * A request as a strict reader has it: protocol buffers by the official classes, which write the same bytes again where nothing was unknown to
 * them. Throws where they do not.
 */
function read({ contentType, body }: Sent, signal: Signal): unknown {
  if (contentType === "application/json") return JSON.parse(body.toString("utf8"));
  if (!body.equals(rewrittenOfficially(signal, body)))
    throw new Error("the official classes do not write what they have read");
  return readOfficially(signal, body);
}
