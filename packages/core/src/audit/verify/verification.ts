/** What is wrong with the evidence, for programs that branch on it. */
export type FindingCode =
  | "FILE_UNREADABLE"
  | "LINE_UNREADABLE"
  | "SEQUENCE_BROKEN"
  | "TIME_BACKWARDS"
  | "REMOVED_UNACCOUNTED"
  | "CONTENT_FOREIGN"
  | "CONTENT_UNREADABLE"
  | "VALUE_CHANGED"
  | "VALUE_MISSING"
  | "SUBJECT_KEY_MISSING"
  | "SUBJECT_KEY_MALFORMED"
  | "ENTRY_CHANGED"
  | "ENTRIES_MISSING"
  | "TILE_CHANGED"
  | "TILE_MISSING"
  | "ROOT_DIFFERS"
  | "KEY_UNREADABLE"
  | "KEY_UNEXPECTED"
  | "EPOCH_INVALID"
  | "EPOCH_MISSING"
  | "EPOCH_DIFFERS"
  | "CHECKPOINT_MISSING"
  | "CHECKPOINT_INVALID"
  | "CHECKPOINT_BEHIND"
  | "LOG_MISSING"
  | "LOG_TWICE"
  | "LOG_ELSEWHERE"
  | "OUTSIDE_INVALID"
  | "OUTSIDE_AHEAD"
  | "OUTSIDE_DIFFERS"
  | "WITNESS_MISSING"
  | "RECORDED_AFTER_WITNESS"
  | "RECORDED_BEFORE_WITNESS";

/** What a reader should know and nobody did wrong. */
export type RemarkCode =
  | "NOTHING_SEALED"
  | "ENTRIES_UNSEALED"
  | "ENTRIES_REMOVED"
  | "ENTRIES_LOST"
  | "CLOCK_JUMPED"
  | "WRITER_VANISHED"
  | "LINE_TORN"
  | "TURNS_OPEN"
  | "VALUES_WITHHELD"
  | "VALUES_ERASED"
  | "VALUES_EXPIRED"
  | "VALUES_LOST"
  | "TILES_AHEAD"
  | "KEY_FOLLOWED"
  | "WITNESSED_IN_PART";

/** What nobody could check here, and what that leaves possible. */
export type UncheckedCode =
  | "UNREAD_LANE"
  | "NO_LOG"
  | "NO_CHECKPOINT"
  | "NO_KEY"
  | "NO_OUTSIDE_CHECKPOINT"
  | "NO_WITNESS"
  | "UNSEALED_ENTRIES"
  | "REMOVED_ENTRIES"
  | "ERASED_VALUES"
  | "NEVER_RECORDED";

/** Which place in the journal is spoken of; null where it is none, or not a single one. */
export interface Evidence {
  readonly lane: string | null;
  readonly segment: number | null;
  /** Under the journal's folder. */
  readonly file: string | null;
  /** Of the file, from 1. */
  readonly line: number | null;
}

export interface Finding extends Evidence {
  readonly code: FindingCode;
  /** A sentence without its place and its full stop. */
  readonly message: string;
}

export interface Remark<Code extends string> {
  readonly code: Code;
  /** Null: of all lanes. */
  readonly lane: string | null;
  readonly message: string;
}

/** What became of the values that a lane's entries refer to. */
export interface ValueCounts {
  /** Found, and just what their references say. */
  readonly whole: number;
  /** Found, and not shown to be what their references say. */
  readonly changed: number;
  readonly withheld: number;
  /** Gone, as an entry behind them says of their session: somebody asked for it. */
  readonly erased: number;
  /** Gone, as an entry behind them says of their session: their time was over. */
  readonly expired: number;
  /** Never written, as far as a note of the writer behind them accounts for so many. */
  readonly lost: number;
  /** Gone, and no entry behind them says why. */
  readonly missing: number;
}

/** A cosignature that was verified: this witness saw this many entries at this time. */
export interface WitnessSighting {
  readonly witness: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface LaneVerification {
  readonly lane: string;
  /** False: something in it could not be read, so nothing else is said of it. */
  readonly readable: boolean;
  /** What the lane's log calls itself; null: it is not sealed. */
  readonly origin: string | null;
  /** The vkey that its checkpoint was verified with; null: with none. */
  readonly key: string | null;
  /** `given`: by whoever asked. `followed`: given was another of the log's, and each has signed for the next. `log`: it lies beside the log, which so vouches for itself. */
  readonly keyFrom: "given" | "followed" | "log" | null;
  /** Whole lines that are there. */
  readonly entries: number;
  /** Entries that the bound has removed. */
  readonly removed: number;
  /** How many entries the checkpoint covers; null: there is none that can be believed and is theirs. */
  readonly signed: number | null;
  /** The signed root in base64. */
  readonly root: string | null;
  /** Entries that are there and that no checkpoint speaks of, be it believed or not. */
  readonly unsealed: number;
  /** Turns that began here and that nobody has seen ending. */
  readonly openTurns: number;
  /** Notes of the writer that entries, or values of them, could not be written. */
  readonly gapNotes: number;
  /** Notes of the writer that the time of day went another way than time. */
  readonly clockJumps: number;
  /** The process that wrote here last, where it ended without freeing the lane and nobody has taken it since. */
  readonly vanished: { readonly pid: number | null; readonly takenAt: number | null } | null;
  /** Behind the last whole line of its segments. */
  readonly tornBytes: number;
  /** Hashes in tiles of entries that are not here. */
  readonly tilesAhead: number;
  readonly values: ValueCounts;
  readonly witnessed: readonly WitnessSighting[];
  /** Sizes of the outside checkpoints that this log was found to contain. */
  readonly contains: readonly number[];
}

export interface Verification {
  readonly lanes: readonly LaneVerification[];
  /** None: all that could be checked is as it was written and signed. */
  readonly findings: readonly Finding[];
  /** Findings of a kind that was listed often enough. */
  readonly unlisted: number;
  readonly said: readonly Remark<RemarkCode>[];
  readonly unchecked: readonly Remark<UncheckedCode>[];
}
