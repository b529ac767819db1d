import { systemCode } from "../../journal/disk/journal-error.ts";

/** From before a connection stands. */
const codes: ReadonlySet<string> = new Set([
  "EADDRNOTAVAIL",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EMFILE",
  "ENFILE",
  "UND_ERR_CONNECT_TIMEOUT",
  // Bun's word.
  "ConnectionRefused",
]);
/** What `fetch` says without a code: of ports that it opens no connection to, on Node and on Deno, and, on Deno, of every connection that does not come to stand. */
const saidOnly = /^bad port$|Requests to port \d+ are blocked$|: client error \(Connect\): /;
const deepest = 5;

/** Whether a request failed before a byte of it can have arrived: so it is no duplicate when it comes again. */
export function wasNeverReached(error: unknown, depth: number = 0): boolean {
  if (!(error instanceof Error) || depth > deepest) return false;
  if (codes.has(systemCode(error) ?? "") || saidOnly.test(error.message)) return true;
  if (error instanceof AggregateError)
    return (
      error.errors.length > 0 && error.errors.every((each) => wasNeverReached(each, depth + 1))
    );
  return wasNeverReached(error.cause, depth + 1);
}
