/** What was found in a file. */
export interface FileCounts {
  readonly lines: number;
  /** Of a kind that nobody has taught the adapter; kept as noted. */
  readonly unknown: number;
  readonly malformed: number;
  /** It ends within a line, which is left for the next time. */
  readonly torn: boolean;
  /** Those it tells of. */
  readonly sessions: readonly string[];
}
