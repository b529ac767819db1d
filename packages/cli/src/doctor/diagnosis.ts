import type { ContentPolicy, ExporterSwitch, JsonValue, Source } from "@spoor/core";

/** What `spoor doctor --json` prints (docs/spec/config.md): fields are added, and their meanings never change. */
export interface Diagnosis {
  readonly spoor: { readonly version: string };
  readonly node: NodeState;
  readonly config: ConfigState;
  /** Null: in memory, so there is nothing to look at. */
  readonly journal: JournalState | null;
  readonly exporters: readonly ExporterState[];
  readonly findings: readonly Finding[];
}

/** What is known before anything is concluded. */
export type Facts = Omit<Diagnosis, "findings">;

export interface NodeState {
  readonly version: string;
  readonly required: string;
  readonly supported: boolean;
}

export interface ConfigState {
  readonly file: string | null;
  /** Why there is no config although somebody wrote one; the rest is told as if nobody had. */
  readonly unusable: { readonly message: string; readonly fix: string } | null;
  /** Why the prices that it asks for cannot be used, so that others are. Null: they can. */
  readonly unusablePrices: string | null;
  readonly values: readonly ShownValue[];
  readonly refused: readonly string[];
  readonly switches: readonly ExporterSwitch[];
}

export interface ShownValue {
  readonly name: string;
  readonly value: JsonValue;
  readonly source: Source;
}

export interface JournalState {
  readonly dir: string;
  readonly exists: boolean;
  readonly readable: boolean;
  readonly writable: boolean;
  /** What each lane may hold. */
  readonly maxBytes: number | null;
  /** Whoever records with this config seals what is recorded. */
  readonly sealed: boolean;
  readonly sessions: number;
  readonly lanes: readonly LaneState[];
  /** Null: there is no session that could be read. */
  readonly coverage: Coverage | null;
  /** A journal that lies where one lies without this config, or beside its file. Null: there is none, or it is this one. */
  readonly elsewhere: string | null;
}

/** Of the newest sessions: what was told, and what of it is missing. */
export interface Coverage {
  readonly sessions: number;
  /** Recorded here, and with turns at most. */
  readonly emptySessions: number;
  readonly modelCalls: number;
  /** That ended well, and nobody said what they used. */
  readonly callsWithoutUsage: number;
  readonly toolCalls: number;
  /** That nobody saw ending, in a turn that has ended. */
  readonly toolsWithoutResult: number;
  /** Spans of whose turn nothing is known. */
  readonly unplaced: number;
}

export interface LaneState {
  readonly lane: string;
  readonly entries: number;
  readonly unreadable: number;
  /** Entries that went to keep the bound, or when their time was over. */
  readonly removed: number;
  readonly bytes: number;
  /** Of the last entry; -1: none. */
  readonly lastSequence: number;
  readonly writer: LaneWriter;
  /** Who wrote here last and ended without freeing the lane. */
  readonly vanished: { readonly pid: number | null; readonly takenAt: number | null } | null;
  /** Notes of the writer that entries, or values of them, could not be written. */
  readonly gapNotes: number;
  /** Notes of the writer that the time of day went another way than time. */
  readonly clockJumps: number;
  /** Turns that began here and that nobody has seen ending, in any lane. */
  readonly openTurns: number;
  /** Null: it has no seal. */
  readonly seal: SealState | null;
}

export interface SealState {
  readonly origin: string | null;
  /** Entries that the checkpoint says it covers; null: it cannot be read. */
  readonly size: number | null;
  /** Milliseconds since the epoch. */
  readonly writtenAt: number | null;
  /** Entries behind the checkpoint. */
  readonly unsealed: number;
  /** How long the first of them has been waiting; null: nobody knows, or there is none. */
  readonly unsealedForMs: number | null;
  /** Why it is not to be believed, with the key that lies beside it. */
  readonly problems: readonly string[];
  /** Others than its owner may read the private key that lies beside it. */
  readonly keyExposed: boolean;
}

export interface LaneWriter {
  /** `elsewhere`: another host holds it, whether it still runs cannot be told from here. */
  readonly state: "writing" | "elsewhere" | "none";
  readonly pid: number | null;
  readonly host: string | null;
  /** Milliseconds since the epoch. */
  readonly takenAt: number | null;
}

export interface ExporterState {
  readonly name: string;
  readonly consumes: "spans" | "events";
  /** The exporter that it goes along with, to the same server. Null: it goes by itself. */
  readonly companionOf: string | null;
  /** The types of events that it takes. Null: all, or spans. */
  readonly takes: readonly string[] | null;
  readonly content: ContentPolicy;
  readonly sample: number;
  readonly keepErrors: boolean;
  /** The profile of the route's own redactor. */
  readonly redact: string | null;
  /** Without credentials and query. Null: it does not say. */
  readonly destination: string | null;
  readonly cursors: readonly CursorState[];
  readonly unreadable: readonly UnreadableCursor[];
  /** Null: not tried. */
  readonly reachable: boolean | null;
  /** What its destination has against what is sent, by its own word. Null: nothing, or it was not asked. */
  readonly trouble: string | null;
}

export interface CursorState {
  readonly lane: string;
  /** Entries it has still to read. */
  readonly unread: number;
  /** What it has read that has not arrived. */
  readonly outstanding: number;
  /** Why the last attempt failed, where nothing has arrived since. */
  readonly failure?: string;
}

export interface UnreadableCursor {
  readonly lane: string;
  readonly reason: string;
}

export interface Finding {
  readonly code: FindingCode;
  readonly severity: "problem" | "note";
  readonly message: string;
  readonly fix: string | null;
}

export type FindingCode =
  | "NODE_TOO_OLD"
  | "CONFIG_UNUSABLE"
  | "CONFIG_REFUSED"
  | "PRICES_UNUSABLE"
  | "EXPORTER_NOT_SWITCHED_ON"
  | "NO_EXPORTER"
  | "REDACTION_OFF"
  | "JOURNAL_IN_MEMORY"
  | "JOURNAL_NOT_WRITABLE"
  | "JOURNAL_NOT_READABLE"
  | "JOURNAL_MISSING"
  | "NO_SESSION"
  | "ENTRIES_UNREADABLE"
  | "ENTRIES_REMOVED"
  | "LANE_NEARLY_FULL"
  | "LANE_HELD_ELSEWHERE"
  | "ENTRIES_LOST"
  | "CLOCK_JUMPED"
  | "WRITER_VANISHED"
  | "TURNS_OPEN"
  | "JOURNAL_ELSEWHERE"
  | "SESSIONS_EMPTY"
  | "CALLS_WITHOUT_USAGE"
  | "TOOLS_WITHOUT_RESULT"
  | "SPANS_UNPLACED"
  | "LANE_NOT_SEALED"
  | "SEAL_BEHIND"
  | "SEAL_BROKEN"
  | "SEAL_KEY_EXPOSED"
  | "CURSOR_UNREADABLE"
  | "EXPORTER_FAILING"
  | "EXPORTER_BEHIND"
  | "EXPORTER_CATCHING_UP"
  | "EXPORTER_NOT_STARTED"
  | "DESTINATION_UNUSABLE"
  | "DESTINATION_SPEAKS_GRPC"
  | "DESTINATION_UNREACHABLE"
  | "DESTINATION_REFUSES";
