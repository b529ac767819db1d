/** How long the parts of a record are kept, as a lane applies it. Times in milliseconds; null: no such bound. */
export interface RetentionPolicy {
  /** Content goes when the youngest entry of its segment is so old. */
  readonly warmAfterMs: number | null;
  /** Entries go when they, and all else that was recorded of their sessions, are so old. */
  readonly coldAfterMs: number | null;
  /** What the complete segments of a lane that still have content may hold; beyond it, the oldest lose theirs. */
  readonly hotBytes: number | null;
  /** What its complete segments without content may hold; beyond it, the oldest go. */
  readonly warmBytes: number | null;
  /** Nothing younger goes, whatever the bounds say. */
  readonly atLeastMs: number;
  /** Sessions and users of which nothing goes. */
  readonly hold: readonly string[];
}

/** Why something of a segment stays. In this order: only the first is said. */
export type ReasonToStay =
  | "held"
  | "young"
  | "open"
  | "undelivered"
  | "active"
  | "unsealed"
  | "vouching";

/** What is known of a complete segment. */
export interface SegmentFacts {
  readonly segment: number;
  /** When its last entry was recorded; null: nobody can tell, and then nothing goes. */
  readonly newestAt: number | null;
  /** When the last entry of any of its sessions was recorded, in whatever segment and lane. */
  readonly heardAt: number | null;
  readonly contentBytes: number;
  readonly entriesBytes: number;
  /** A session or user lies in it of whom nothing goes. */
  readonly isHeld: boolean;
  /** Something of a session lies in it that still has work going on. */
  readonly isOpen: boolean;
  /** Everyone who reads the lane has read it. */
  readonly isDelivered: boolean;
  /** Its entries are under a signature, or no entry of the lane has to be. */
  readonly isSealed: boolean;
  /** The earliest segment of which its entries say that content went lawfully; null: they say it of none. */
  readonly vouchesFrom: number | null;
}
