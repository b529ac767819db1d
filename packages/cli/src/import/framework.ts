import type { LineReader } from "./line-reader.ts";

/** Files that belong together: what they say is recorded in the order of time, as far as they tell it. */
export type FileGroup = readonly [string, ...string[]];

/** A framework whose recordings can be imported. */
export interface Framework {
  readonly name: string;
  /** What it is called in a sentence. */
  readonly title: string;
  /** Where it keeps its recordings by itself; null: nowhere that the environment tells. */
  readonly history: (environment: Readonly<Record<string, string | undefined>>) => string | null;
  readonly groups: (paths: readonly string[]) => readonly FileGroup[];
  /** What kind of recording a line, as parsed, comes from, in the framework's own words. Null: it does not tell. */
  readonly kindOf: (line: unknown) => string | null;
  /** What lies beside a file and has to be known to read it; null: nothing. */
  readonly companion: (path: string) => string | null;
  /** `kind`: null where no line tells. `companion`: what was found beside it. */
  readonly reader: (path: string, kind: string | null, companion: string | null) => LineReader;
}
