/** What a server calls itself. */
export interface Version {
  readonly text: string;
  readonly major: number;
  readonly minor: number;
}

/** Null: not the form in which Langfuse counts. */
export function versionOf(text: string): Version | null {
  const [, major, minor] = /^v?(\d+)\.(\d+)(?:\.|-|$)/.exec(text.trim()) ?? [];
  if (major === undefined || minor === undefined) return null;
  return { text, major: Number(major), minor: Number(minor) };
}

const isAtLeast = (version: Version, major: number, minor: number): boolean =>
  version.major > major || (version.major === major && version.minor >= minor);

/** The first that reads every type of observation off OTLP. */
export const readsOtlp = (version: Version): boolean => isAtLeast(version, 3, 102);

/** From 4 on, servers answer each trace that comes by the ingestion API with a refusal, unless they are told otherwise. */
export const readsIngestion = (version: Version): boolean => !isAtLeast(version, 4, 0);
