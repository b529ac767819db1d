import { ExportFailure } from "../../pipeline/export-failure.ts";
import type { Answer } from "./answer.ts";
import { partialSuccessIn } from "./partial-success.ts";
import { retryAfterMs } from "./retry-after.ts";
import { saying } from "./saying.ts";

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
  if (status >= 200 && status < 300) return strangerIn(answer) ?? rejectionIn(answer);
  const isOfTheBatch = ofTheBatch.has(status);
  return new ExportFailure(refusalIn(answer), {
    retry: isOfTheBatch ? "smaller" : "same",
    answered: true,
    needsRepair: !isOfTheBatch && !isOfTheMoment(status),
    retryAfterMs: retryAfterMs(answer.retryAfter, now),
  });
}

function refusalIn(answer: Answer): string {
  const { status, location } = answer;
  return status >= 300 && status < 400
    ? `the collector redirects to ${location ?? "nowhere"} (${status}), give that address instead`
    : `the collector answered ${status}${saying(answer)}`;
}

/** A proxy, or an application that answers anything with its start page. It may be the collector again tomorrow, or at another address. */
function strangerIn({ contentType }: Answer): ExportFailure | null {
  if (!/^\s*text\/html\b/i.test(contentType ?? "")) return null;
  const message = "a web page answers instead of the collector, check the address";
  return new ExportFailure(message, { retry: "same", answered: true, needsRepair: true });
}

/** A partial success has no list of what was rejected, so nothing of it may be sent again. */
function rejectionIn(answer: Answer): ExportFailure | null {
  const partial = partialSuccessIn(answer);
  if (partial === null || !(partial.rejected > 0)) return null;
  const message = `the collector rejected ${partial.rejected} ${partial.what}${partial.why}`;
  return new ExportFailure(message, { retry: "never", answered: true, rejected: partial.rejected });
}
