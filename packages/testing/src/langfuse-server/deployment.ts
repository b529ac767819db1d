/** Which tables a server of version 4 writes: the new one, those of version 3, or all. */
export type WriteMode = "events_only" | "dual" | "legacy";

/** One installation: which server it is, and one project in it. */
export interface Deployment {
  readonly version: string;
  readonly writeMode: WriteMode;
  readonly publicKey: string;
  readonly secretKey: string;
  readonly now: () => number;
}

export const projectId = "project";

/** What came with which version. */
export function capabilitiesOf({ version, writeMode }: Deployment): Capabilities {
  const since = (first: string): boolean => isFrom(version, first);
  return {
    otlp: since("3.22.0"),
    gzip: since("3.30.0"),
    ingestionVersion: since("3.154.0"),
    events: since("4.0.0") && writeMode !== "legacy",
    legacy: !since("4.0.0") || writeMode !== "events_only",
  };
}

export interface Capabilities {
  /** Whether it has an endpoint for OTLP at all. */
  readonly otlp: boolean;
  readonly gzip: boolean;
  /** Whether it looks at the header that says for which model a batch is. */
  readonly ingestionVersion: boolean;
  /** The table of version 4. */
  readonly events: boolean;
  /** The tables of version 3. */
  readonly legacy: boolean;
}

function isFrom(version: string, first: string): boolean {
  const [ours, theirs] = [numbersIn(version), numbersIn(first)];
  const place = theirs.findIndex((number, at) => number !== (ours[at] ?? 0));
  return place === -1 || (ours[place] ?? 0) > (theirs[place] ?? 0);
}

const numbersIn = (version: string): readonly number[] =>
  version.split(/[.-]/).slice(0, 3).map(Number);
