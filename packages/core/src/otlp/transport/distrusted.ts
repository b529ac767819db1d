import { systemCode } from "../../journal/disk/journal-error.ts";

/** What TLS calls a certificate that it does not take. */
const codes: ReadonlySet<string> = new Set([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REVOKED",
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);
/** Deno has no code for it. */
const onDeno = /: invalid peer certificate: (\w+)/;
const deepest = 5;

/** Why the collector's certificate was not taken, in the word of the runtime's TLS; null where it was not that. Nothing of a request has left then. */
export function distrustIn(error: unknown, depth: number = 0): string | null {
  if (!(error instanceof Error) || depth > deepest) return null;
  const code = systemCode(error) ?? "";
  const word = codes.has(code) ? code : onDeno.exec(error.message)?.[1];
  return word ?? distrustIn(error.cause, depth + 1);
}
