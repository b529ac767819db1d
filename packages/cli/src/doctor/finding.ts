import type { Finding, FindingCode } from "./diagnosis.ts";

/** Something is not recorded or not delivered. */
export const problem = (code: FindingCode, message: string, fix: string): Finding => ({
  code,
  severity: "problem",
  message,
  fix,
});

/** Nothing is lost, and somebody may wonder. */
export const note = (code: FindingCode, message: string, fix: string | null = null): Finding => ({
  code,
  severity: "note",
  message,
  fix,
});
