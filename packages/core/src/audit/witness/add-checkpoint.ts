import { asError, systemCode } from "../../journal/disk/journal-error.ts";
import { quoted } from "../notes/quoted.ts";
import type { VerifierKey } from "../notes/verifier-key.ts";
import { beginningOf } from "../../otlp/transport/answer-body.ts";
import { type Submission, formatSubmission } from "./submission.ts";
import { type WitnessAnswer, readWitnessAnswer, unwitnessed } from "./witness-answer.ts";

/** Where a witness takes submissions, and the key under which it cosigns. */
export interface Witness {
  /** Its submission prefix, with or without a slash at its end. */
  readonly url: string;
  readonly key: VerifierKey;
}

export interface AskingOptions {
  /** For tests and proxies. */
  readonly fetch?: typeof fetch;
  /** Ends the waiting; the witness may have cosigned all the same. */
  readonly signal?: AbortSignal;
}

/**
 * Asks a witness once (C2SP tlog-witness). Never rejects: what a network or a witness does wrong is an answer as well. A redirect is not
 * followed, because it would turn the submission into something else.
 */
export async function addCheckpoint(
  witness: Witness,
  submission: Submission,
  { fetch: ask = fetch, signal }: AskingOptions = {},
): Promise<WitnessAnswer> {
  try {
    const response = await ask(`${witness.url.replace(/\/+$/, "")}/add-checkpoint`, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "text/plain; charset=utf-8" },
      body: formatSubmission(submission),
      ...(signal ? { signal } : {}),
    });
    const { status, headers } = response;
    const body = await beginningOf(response);
    const answer = { status, contentType: headers.get("content-type"), body };
    return readWitnessAnswer(answer, submission, witness.key);
  } catch (error) {
    return unwitnessed(witness.key, silenceOf(error));
  }
}

function silenceOf(error: unknown): string {
  const { name, message, cause } = asError(error);
  if (name === "TimeoutError") return "has not answered in time";
  return `could not be reached: ${systemCode(cause) ?? quoted(message)}`;
}
