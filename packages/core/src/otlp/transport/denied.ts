import { systemCode } from "../../journal/disk/journal-error.ts";

const deepest = 5;

/** What the runtime says of a request that this process has no permission to make, on Deno or under Node's permission model; null where it was not that. */
export function denialIn(error: unknown, depth: number = 0): string | null {
  if (!(error instanceof Error) || depth > deepest) return null;
  const isDenied = error.name === "NotCapable" || systemCode(error) === "ERR_ACCESS_DENIED";
  return isDenied ? error.message : denialIn(error.cause, depth + 1);
}
