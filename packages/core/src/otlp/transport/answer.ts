/** What a collector answered. */
export interface Answer {
  readonly status: number;
  readonly contentType: string | null;
  readonly retryAfter: string | null;
  readonly location: string | null;
  /** Its beginning; empty where it could not be read. */
  readonly body: Uint8Array;
}
