import { ExportFailure } from "../../pipeline/export-failure.ts";
import { isRecord } from "../../vocabulary/json.ts";
import { retryAfterMs } from "./retry-after.ts";

/** What a collector answered. */
export interface Answer {
  readonly status: number;
  readonly contentType: string | null;
  readonly retryAfter: string | null;
  readonly location: string | null;
  /** Its beginning; empty where it could not be read. */
  readonly body: string;
}

/** The collector may take less at a time, or all but one: it is the batch that it does not like. */
const ofTheBatch: ReadonlySet<number> = new Set([400, 413, 422]);

const isOfTheMoment = (status: number): boolean =>
  status === 408 || status === 429 || status >= 500;

/**
 * What an answer means for the batch; null: the collector has all of it. Whatever else it refuses is no fault of the batch but of the address, the
 * key or the moment, and arrives when that is put right.
 */
export function failureIn(answer: Answer, now: number): ExportFailure | null {
  const { status } = answer;
  if (status >= 200 && status < 300) return strangerIn(answer) ?? rejectionIn(answer.body);
  const isOfTheBatch = ofTheBatch.has(status);
  return new ExportFailure(refusalIn(answer), {
    retry: isOfTheBatch ? "smaller" : "same",
    answered: true,
    needsRepair: !isOfTheBatch && !isOfTheMoment(status),
    retryAfterMs: retryAfterMs(answer.retryAfter, now),
  });
}

function refusalIn({ status, location, body }: Answer): string {
  return status >= 300 && status < 400
    ? `the collector redirects to ${location ?? "nowhere"} (${status}), give that address instead`
    : `the collector answered ${status}${saying(body)}`;
}

/** A proxy, or an application that answers anything with its start page. It may be the collector again tomorrow, or at another address. */
function strangerIn({ contentType }: Answer): ExportFailure | null {
  if (!/^\s*text\/html\b/i.test(contentType ?? "")) return null;
  const message = "a web page answers instead of the collector, check the address";
  return new ExportFailure(message, { retry: "same", answered: true, needsRepair: true });
}

/** A partial success has no list of what was rejected, so nothing of it may be sent again. */
function rejectionIn(body: string): ExportFailure | null {
  const response = parsed(body);
  const partial = isRecord(response) ? response["partialSuccess"] : undefined;
  if (!isRecord(partial)) return null;
  const rejected = Math.ceil(Number(partial["rejectedSpans"] ?? 0));
  if (!(rejected > 0)) return null;
  const why = typeof partial["errorMessage"] === "string" ? saying(partial["errorMessage"]) : "";
  const message = `the collector rejected ${rejected} spans${why}`;
  return new ExportFailure(message, { retry: "never", answered: true, rejected });
}

/** Collectors may answer in another encoding, or with nothing. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

const longestSaying = 300;

function saying(body: string): string {
  const line = body.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
  if (line === "") return "";
  return `: ${line.length > longestSaying ? `${line.slice(0, longestSaying)}…` : line}`;
}
