import { ConfigError } from "@spoor/core";
import { printable } from "./printable.ts";
import { withFix } from "./with-fix.ts";

/** What went wrong, for people: one sentence. All that is wrong with a config stands below each other. Errors of Spoor's own say what to do, whichever room they are of. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return printable(String(error));
  const fix = "fix" in error && typeof error.fix === "string" ? error.fix : null;
  if (fix === null) return printable(refusalIn(error) ?? error.message);
  if (ConfigError.is(error) && error.problems.length > 1) return `${error.message}\n${fix}`;
  return printable(withFix(error.message, fix));
}

/** Somebody else's journal is read by whoever recorded it. Null: the system has refused nothing. */
function refusalIn(error: Error): string | null {
  if (!("code" in error && "path" in error)) return null;
  if (error.code !== "EACCES" && error.code !== "EPERM") return null;
  return `this user may not open ${String(error.path)}: call this as the user that records there`;
}
