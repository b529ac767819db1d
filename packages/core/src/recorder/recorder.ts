import { Buffer } from "node:buffer";
import type { Journal, Position } from "../journal/journal.ts";
import { BoundedMap } from "../vocabulary/bounded-map.ts";
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
import { contentPlacesOf } from "../redaction/place.ts";
import type { Redactor } from "../redaction/redactor.ts";
import { ClockJumps } from "./clock-jumps.ts";
import { ContentPool } from "./content-pool.ts";
import { ContextDiffer } from "./context-differ.ts";
import { contextParts } from "./context-said.ts";
import { withinLimits } from "./limits.ts";
import { LostEntries } from "./lost-entries.ts";
import { RecordedContext } from "./recorded-context.ts";
import { Redacting, type RedactionReport } from "./redacting.ts";
import type { Recorder } from "./translator.ts";
import { type KnownStamp, type Standing, Standings } from "./standing.ts";

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
  #pool: ContentPool;
  #contexts: ContextDiffer;
  readonly #standings: Standings;
  readonly #lost: LostEntries;
  readonly #jumps: ClockJumps;
  /** Whose key a session's content lies under: the user's if one was named when it began, else its own. */
  readonly #subjects: BoundedMap<string, string> = new BoundedMap(10_000);
  #lastSegment = 0;
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
    this.#pool = new ContentPool(options.journal, this.#redacting);
    this.#contexts = new ContextDiffer(this.#pool);
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
    this.#subjectOf(draft);
    const known = this.#options.known?.(draft.session, id) ?? null;
    const standing = this.#standings.of(draft, known);
    if (known) this.#known += 1;
    else this.#append(draft, id, standing);
    return isOpening(draft) ? contextOf(draft.session, standing) : null;
  }

  #append(draft: EventDraft, id: EventId, standing: Standing): void {
    const now = this.#options.clock();
    const held = this.#hold(draft, id);
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
    const values = this.#pool.taken();
    const position = this.#journal.append(entryOf(event), next);
    if (position === null) {
      this.#lost.addEntry(draft, now);
      this.#forgetWhatWasSaid();
      return;
    }
    if (values.lost > 0) {
      this.#lost.addValues(draft, values.lost, now);
      this.#forgetWhatWasSaid();
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

  /** What was lost cannot be referred to: contexts start with a full one, and content is stored again. */
  #forgetWhatWasSaid(): void {
    this.#pool = new ContentPool(this.#journal, this.#redacting);
    this.#contexts = new ContextDiffer(this.#pool);
  }

  /**
   * The content of a draft, stored in the segment that its entry will lie in. A redactor and the values themselves are the application's code,
   * and may emit: where that has filled the segment, it is all stored again in the next.
   */
  #hold(draft: EventDraft, event: EventId): Readonly<Record<string, unknown>> {
    const segment = this.#segment();
    const { sequence } = this.#journal.tail;
    const held = this.#heldIn(segment, draft, event);
    if (this.#journal.tail.sequence === sequence) return held;
    const now = this.#segment();
    return now === segment ? held : this.#heldIn(now, draft, event);
  }

  /** A segment stands alone, and the key of a subject may have gone with those before it. */
  #segment(): number {
    const segment = this.#journal.segment();
    if (segment !== this.#lastSegment) this.#forgetWhatWasSaid();
    this.#lastSegment = segment;
    return segment;
  }

  /** Each field by its reference, the context by its difference. */
  #heldIn(segment: number, draft: EventDraft, event: EventId): Readonly<Record<string, unknown>> {
    const subject = this.#subjectOf(draft);
    const held: Record<string, unknown> = {};
    const fields = draft as unknown as Readonly<Record<string, unknown>>;
    for (const { field, place } of contentPlacesOf(draft.type)) {
      const value = fields[field];
      if (value !== undefined) held[field] = this.#pool.hold(subject, value, place);
    }
    if (draft.type === "model.started" && draft.context) {
      const { session, agent } = draft;
      const context = contextParts(draft.context);
      const said = { session, agent, subject, event, segment, context };
      held["context"] = this.#contexts.difference(said);
    }
    return held;
  }

  /** That something is taken out of a session is not its beginning. */
  #subjectOf(draft: EventDraft): string {
    const { session } = draft;
    const known = this.#subjects.get(session);
    if (known !== undefined) return known;
    if (draft.type === "record.reduced") return session;
    const user = "userId" in draft ? draft.userId : undefined;
    return this.#subjects.set(session, typeof user === "string" ? user : session);
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
