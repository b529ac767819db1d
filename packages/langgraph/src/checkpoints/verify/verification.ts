/** What is wrong with what a checkpointer holds, for programs that branch on it. */
export type CheckpointFindingCode =
  | "CHECKPOINT_MISSING"
  | "CHECKPOINT_UNTOLD"
  | "CHECKPOINT_REMOVED_STANDS"
  | "PARENT_CHANGED"
  | "FRAME_CHANGED"
  | "METADATA_CHANGED"
  | "VALUE_CHANGED"
  | "VALUE_OF_BRANCH"
  | "VERSION_CHANGED"
  | "CHANNEL_MISSING"
  | "CHANNEL_UNTOLD"
  | "STATE_CHANGED"
  | "WRITE_CHANGED"
  | "WRITE_MISSING"
  | "WRITE_UNTOLD"
  | "RESUMED_CHANGED"
  | "RESUMED_UNTOLD";

/** What nobody could check, and why. */
export type CheckpointUncheckedCode =
  | "NOTHING_TOLD"
  | "ENTRIES_REMOVED"
  | "BEFORE_RECORD"
  | "DIGEST_GONE"
  | "CHANNEL_UNREADABLE"
  | "COPIED"
  | "REFUSED"
  | "PRUNED";

/** Which checkpoint is spoken of; null: of all of the thread. */
export interface CheckpointPlace {
  /** Empty: the outermost graph. */
  readonly namespace: string | null;
  readonly checkpoint: string | null;
}

export interface CheckpointFinding extends CheckpointPlace {
  readonly code: CheckpointFindingCode;
  readonly channel: string | null;
  readonly task: string | null;
  /** A sentence without its place and its full stop. */
  readonly message: string;
}

export interface CheckpointUnchecked extends CheckpointPlace {
  readonly code: CheckpointUncheckedCode;
  readonly message: string;
}

export interface ThreadVerification {
  readonly thread: string;
  /** That the checkpointer holds. */
  readonly stored: number;
  /** That the journal tells of, and that nobody has removed. */
  readonly told: number;
  /** Stored, told, and the same in all that was told of it: nothing was found, and nothing could not be checked. */
  readonly whole: number;
  /** How often work went on from one of them, as far as the journal tells. */
  readonly resumed: number;
  /** None: all that could be checked is as it was written. */
  readonly findings: readonly CheckpointFinding[];
  readonly unchecked: readonly CheckpointUnchecked[];
}
