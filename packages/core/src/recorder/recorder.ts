import { Buffer } from "node:buffer";
import type { Journal, Position } from "../journal/journal.ts";
import type { Carrier, SpanContext } from "../vocabulary/carrier.ts";
import {
  type AgentEvent,
  type At,
  type DraftOf,
  type EventDraft,
  type EventId,
  eventVersion,
  type Stamp,
} from "../vocabulary/event.ts";
import { isOpening } from "../vocabulary/event-kind.ts";
import { eventIdOf, type TracePer } from "../vocabulary/identity.ts";
import type { Redactor } from "../redaction/redactor.ts";
import { ClockJumps } from "./clock-jumps.ts";
import { DraftContent } from "./draft-content.ts";
import { withinLimits } from "./limits.ts";
import { LostEntries } from "./lost-entries.ts";
import { RecordedContext } from "./recorded-context.ts";
import { Redacting, type RedactionReport } from "./redacting.ts";
import type { Recorder } from "./translator.ts";
import { type KnownStamp, type Standing, Standings } from "./standing.ts";
import { Subjects } from "./subjects.ts";

/** What is said of sessions whoever records them. */
export type StandingLabels = Pick<
  DraftOf<"session.started">,
  "feature" | "tags" | "environment" | "release" | "agentVersion"
>;

/** Finds an event that is recorded already. Importers have one; a live recorder does not look back. */
export type KnownEvents = (session: string, id: EventId) => KnownStamp | null;

export interface RecorderOptions {
  readonly journal: Journal;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Milliseconds of a clock that nobody sets. Absent: a jump of the other clock is not noted. */
  readonly steady?: () => number;
  /** A recording is read: what carries no time keeps none. */
  readonly recording?: boolean;
  /** Absent: what is said is written as it is. */
  readonly redact?: Redactor;
  /** Of a longer value its head and tail are kept. Default: 1 MiB. */
  readonly maxContentBytes?: number;
  /** The span that is active where a turn starts; asked once a turn, synchronously. */
  readonly activeSpan?: () => Carrier | null;
  /** What one trace is, where no outside context gives one. Default: a turn. */
  readonly tracePer?: TracePer;
  /** Of every session that begins, as far as whoever records it says nothing else of it. */
  readonly labels?: StandingLabels;
  readonly known?: KnownEvents;
  /** Called after an event is in the journal. Owned by the caller: it may not throw. */
  readonly recorded?: (event: AgentEvent, position: Position) => void;
}

export interface RecorderHealth {
  readonly recorded: number;
  /** Said before, in this journal. */
  readonly known: number;
  /** Drafts that could not be made an event: no session, no key, a key of unreasonable length. */
  readonly refused: number;
  readonly lastRefusal: Error | null;
  readonly redaction: RedactionReport;
}

export interface JournalRecorder extends Recorder {
  health(): RecorderHealth;
}

/** A line of a published log says its length in two bytes. */
const longestEntry = 65_535;
const defaultContentBytes = 1024 * 1024;
/** Redactors and values are the application's code, and may record: not without end. */
const deepestEmit = 3;

/** emit = stamp, redact, pool, append. All that happens in the agent's path, synchronous, and nothing here throws into it. */
export function createRecorder(options: RecorderOptions): JournalRecorder {
  return new StampingRecorder(options);
}

class StampingRecorder implements JournalRecorder {
  readonly #options: RecorderOptions;
  readonly #journal: Journal;
  readonly #redacting: Redacting;
  readonly #content: DraftContent;
  readonly #standings: Standings;
  readonly #lost: LostEntries;
  readonly #jumps: ClockJumps;
  readonly #subjects: Subjects = new Subjects();
  #depth = 0;
  #recorded = 0;
  #known = 0;
  #refused = 0;
  #lastRefusal: Error | null = null;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#journal = options.journal;
    const { redact = null, maxContentBytes = defaultContentBytes } = options;
    this.#redacting = new Redacting(redact, maxContentBytes);
    this.#content = new DraftContent(options.journal, this.#redacting);
    this.#standings = new Standings(options);
    this.#lost = new LostEntries(options.journal.lane, options.clock);
    this.#jumps = new ClockJumps(options.journal.lane, options.steady ?? null);
    this.#journal.reduction.speakThrough((draft) => {
      this.emit(draft);
    });
  }

  emit(draft: EventDraft): SpanContext | null {
    this.#depth += 1;
    try {
      if (this.#depth > deepestEmit)
        throw new RangeError("an emit within an emit within an emit was not recorded");
      return this.#record(withinLimits(this.#labelled(draft), this.#redacting.name));
    } catch (error) {
      this.#refused += 1;
      this.#lastRefusal = errorOf(error);
      return null;
    } finally {
      this.#depth -= 1;
    }
  }

  health(): RecorderHealth {
    return {
      recorded: this.#recorded,
      known: this.#known,
      refused: this.#refused,
      lastRefusal: this.#lastRefusal,
      redaction: this.#redacting.report(),
    };
  }

  #labelled(draft: EventDraft): EventDraft {
    const { labels } = this.#options;
    return labels && draft.type === "session.started" ? { ...labels, ...draft } : draft;
  }

  #record(draft: EventDraft): SpanContext | null {
    const id = eventIdOf(draft);
    const subject = this.#subjects.of(draft);
    const known = this.#options.known?.(draft.session, id) ?? null;
    const standing = this.#standings.of(draft, known);
    if (known) this.#known += 1;
    else this.#append(draft, id, standing, subject);
    return isOpening(draft) ? contextOf(draft.session, standing) : null;
  }

  #append(draft: EventDraft, id: EventId, standing: Standing, subject: string): void {
    const now = this.#options.clock();
    const held = this.#content.hold(subject, draft, id);
    const { tail } = this.#journal;
    this.#jumps.see(now, tail.recordedAt);
    const next = { sequence: tail.sequence + 1, recordedAt: Math.max(now, tail.recordedAt) };
    const at: At | undefined = draft.at ?? (this.#options.recording ? undefined : { ms: now });
    const { place, traceId, turnSpanId, added } = standing;
    const stamped: Record<string, unknown> = { v: eventVersion, id, ...next, ...draft, ...added };
    if (at) stamped["at"] = at;
    stamped["spanId"] = place?.spanId ?? null;
    if (traceId) stamped["traceId"] = traceId;
    if (turnSpanId !== undefined) stamped["turnSpanId"] = turnSpanId;
    if (draft.type === "session.started") Object.assign(stamped, this.#profile());
    const event = Object.assign(stamped, held) as unknown as AgentEvent;
    const values = this.#content.taken();
    const position = this.#journal.append(entryOf(event), next);
    if (position === null) {
      this.#lost.addEntry(draft, now);
      this.#content.forget();
      return;
    }
    if (values.lost > 0) {
      this.#lost.addValues(draft, values.lost, now);
      this.#content.forget();
    }
    this.#recorded += 1;
    this.#options.recorded?.(event, position);
    for (const gap of this.#lost.take(next.sequence, values)) this.#record(gap);
    const jump = this.#jumps.take(draft.session, next.sequence);
    if (jump) this.#record(jump);
  }

  /** Absent where nothing is redacted. */
  #profile(): Partial<Stamp> {
    const { profile } = this.#redacting;
    return profile === null ? {} : { redaction: profile };
  }
}

function contextOf(session: string, { place, turn, traceId }: Standing): SpanContext | null {
  if (!place || !turn || !traceId) return null;
  const { spanId } = place;
  const sampled = !turn.isUnsampled;
  return new RecordedContext({ traceId, spanId, sampled }, { session, turnSpanId: turn.spanId });
}

/** What was thrown may be anything, a proxy that throws included. */
function errorOf(thrown: unknown): Error {
  try {
    return thrown instanceof Error ? thrown : new Error(String(thrown));
  } catch {
    return new Error("something was thrown that cannot be looked at");
  }
}

/** Throws, for the recorder to count, where an entry would be longer than any reader has to expect. */
function entryOf(event: AgentEvent): string {
  const entry = JSON.stringify(event);
  const bytes = entry.length > longestEntry / 4 ? Buffer.byteLength(entry) : entry.length;
  if (bytes > longestEntry)
    throw new RangeError(`expected an entry of at most ${longestEntry} bytes, received ${bytes}`);
  return entry;
}
