import { parsed } from "../loose.ts";

/** Metadata as it is read: what can be JSON is a value again, so a text of digits comes back as a number. */
export function metadataRead(
  metadata: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [name, parsed(value)] as const),
  );
}

export function secondsBetween(start: string, end: string | null): number | null {
  return end === null ? null : (Date.parse(end) - Date.parse(start)) / 1_000;
}

/** The sum over all buckets whose name says it. Null where there is none. */
export function sumOf(details: Readonly<Record<string, number>>, word: string): number | null {
  const found = Object.entries(details).filter(([name]) => name.includes(word));
  return found.length === 0 ? null : found.reduce((sum, [, count]) => sum + count, 0);
}
