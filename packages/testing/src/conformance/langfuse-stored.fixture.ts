import type { Stored } from "../langfuse-server/storage/database.ts";

/** What differs from release to release, and what is written twice. */
const unshown: ReadonlySet<string> = new Set([
  "sdkVersion",
  "scope.version",
  "providedUsageDetails",
  "providedCostDetails",
]);

/** Rows as JSON that a person can review: what a server does not know of a row is left out. */
export function readableStored(stored: Stored): string {
  const shown = JSON.stringify(
    stored,
    (name, value: unknown) => (name !== "" && isSilent(name, value) ? undefined : value),
    2,
  );
  return `${shown.replaceAll(/(?<=\\"version\\":\\")[^\\]+/g, "any")}\n`;
}

function isSilent(name: string, value: unknown): boolean {
  if (unshown.has(name) || value === null || value === false || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
