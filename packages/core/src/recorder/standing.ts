import type { Journal, Wait } from "../journal/journal.ts";
import {
  type Carrier,
  readTraceContext,
  type TraceContext,
  writeCarrier,
} from "../vocabulary/carrier.ts";
import type {
  AgentEvent,
  DraftOf,
  EventDraft,
  SpanId,
  Stamp,
  TraceId,
} from "../vocabulary/event.ts";
import { isClosing, isOpening } from "../vocabulary/event-kind.ts";
import { derivedTraceIdOf, traceIdOfSession, type TracePer } from "../vocabulary/identity.ts";
import { type Place, type Turn, TurnRegister } from "./turn-register.ts";
import { TurnsBefore } from "./turns-before.ts";

/** What identity, place and time add to a draft. */
export interface Standing {
  readonly place: Place | null;
  readonly turn: Turn | null;
  readonly traceId: TraceId | null;
  /** Only an activation that resumes says it. */
  readonly turnSpanId?: SpanId | null;
  /** What the draft did not say and the surroundings did. */
  readonly added?: Partial<DraftOf<"turn.started">> & Pick<Stamp, "previous" | "suspendedSpanId">;
}

/** What has to be remembered of a recorded event: only the opening of a turn says anything here. */
export type KnownStamp = Pick<AgentEvent, "traceId" | "turnSpanId">;

export interface StandingOptions {
  readonly journal: Journal;
  readonly clock: () => number;
  readonly activeSpan?: () => Carrier | null;
  /** Default: `turn`. */
  readonly tracePer?: TracePer;
}

/** Tells of each draft which span and which turn it belongs to, and leaves and claims what suspended turns wait under. */
export class Standings {
  readonly #options: StandingOptions;
  readonly #turns: TurnRegister = new TurnRegister();
  readonly #before: TurnsBefore = new TurnsBefore();

  constructor(options: StandingOptions) {
    this.#options = options;
  }

  /** `known`: the event that says the same already; then nothing is left or claimed again. */
  of(draft: EventDraft, known: KnownStamp | null): Standing {
    const key = "key" in draft ? draft.key : draft.on;
    if (key === null) return { place: null, turn: null, traceId: null };
    const place = this.#turns.placeOf(draft.session, key);
    if (draft.type === "turn.started") return this.#begin(draft, place, known);
    if ("parent" in draft && draft.parent !== undefined)
      this.#hang(draft.session, place, draft.parent);
    if (draft.type === "span.amended" && draft.alias !== undefined)
      this.#before.called(draft.session, draft.on, draft.alias);
    const turn = this.#turns.turnOf(place);
    if (draft.type === "interrupt.raised" && turn && !known)
      this.#leaveWait(draft.session, draft.wait ?? draft.mark, turn);
    if (draft.type === "interrupt.resolved" && draft.wait !== undefined && !known)
      this.#options.journal.waits.claim(draft.session, draft.wait);
    if (isClosing(draft)) this.#turns.end(place);
    if (!isOpening(draft)) return { place, turn, traceId: null };
    return { place, turn, traceId: this.#turns.contextOf(place)?.traceId ?? null };
  }

  #hang(session: string, place: Place, parent: string | Carrier): void {
    if (typeof parent === "string") {
      this.#turns.hang(place, session, parent);
      return;
    }
    const joined = readTraceContext(parent);
    const traceId = joined?.traceId ?? null;
    place.turn ??= this.#turnAt(place, place.spanId, traceId, joined?.sampled === false);
    place.turn.traceId ??= traceId;
  }

  /** An activation: the first of its turn, or one that goes on from a suspension. What another witness told of it stands. */
  #begin(draft: DraftOf<"turn.started">, place: Place, known: KnownStamp | null): Standing {
    const told = this.#turns.activationAt(place);
    if (told) {
      const resumed = told.spanId === place.spanId ? null : told.spanId;
      const turnSpanId = draft.resumes === undefined ? {} : { turnSpanId: resumed };
      return { place, turn: told, traceId: told.traceId, ...turnSpanId };
    }
    if (known) {
      const traceId = known.traceId ?? null;
      const { turn } = this.#begun(draft, place, known.turnSpanId ?? place.spanId, traceId);
      return { place, turn, traceId };
    }
    if (draft.resumes !== undefined) return this.#resume(draft, place);
    const active = draft.parent === undefined ? this.#activeSpan() : null;
    const carrier = typeof draft.parent === "object" ? draft.parent : active;
    const joined = carrier && readTraceContext(carrier);
    const traceId = joined?.traceId ?? this.#derivedTraceId(place);
    const isUnsampled = joined?.sampled === false;
    const { turn, before } = this.#begun(draft, place, place.spanId, traceId, isUnsampled);
    const added = {
      ...(active && joined ? { parent: active } : {}),
      ...(before?.traceId ? { previous: { traceId: before.traceId, spanId: before.spanId } } : {}),
    };
    return { place, turn, traceId, added };
  }

  #resume(draft: DraftOf<"turn.started">, place: Place): Standing {
    const { session, parent } = draft;
    const wait = this.#options.journal.waits.claim(session, draft.resumes ?? true);
    const carrier = typeof parent === "object" ? readTraceContext(parent) : null;
    const active = this.#activeSpan();
    const traceId = wait?.traceId ?? carrier?.traceId ?? this.#traceOfSession(session);
    const isUnsampled = wait ? wait.unsampled === true : carrier?.sampled === false;
    const turnSpanId = wait?.turnSpanId ?? place.spanId;
    const { turn } = this.#begun(draft, place, turnSpanId, traceId, isUnsampled);
    const suspendedSpanId = wait?.suspendedSpanId ?? wait?.turnSpanId;
    const entry = wait && typeof parent !== "string" ? unsampledEntry(wait, carrier) : null;
    const links = [
      ...(draft.links ?? []),
      ...(entry && carrier ? [{ kind: "cause", carrier: parent as Carrier } as const] : []),
      ...(active ? [{ kind: "cause", carrier: active } as const] : []),
    ];
    const added = {
      ...(entry ? { parent: entry } : {}),
      ...(links.length > 0 ? { links } : {}),
      ...(suspendedSpanId ? { suspendedSpanId } : {}),
    };
    return { place, turn, traceId, turnSpanId: wait?.turnSpanId ?? null, added };
  }

  /** `before`: the turn that began before it in its session; null where it is none, or that is not known. */
  #begun(
    draft: DraftOf<"turn.started">,
    place: Place,
    spanId: SpanId,
    traceId: TraceId | null,
    isUnsampled: boolean = false,
  ): { readonly turn: Turn; readonly before: Turn | null } {
    const turn = this.#turns.begin(place, this.#turnAt(place, spanId, traceId, isUnsampled));
    return { turn, before: this.#before.began(draft, turn) };
  }

  #turnAt(place: Place, spanId: SpanId, traceId: TraceId | null, isUnsampled: boolean): Turn {
    const untoldTraceId = traceId ?? this.#derivedTraceId(place);
    return { spanId, activationSpanId: place.spanId, traceId, isUnsampled, untoldTraceId };
  }

  #derivedTraceId({ session, key }: Place): TraceId {
    return derivedTraceIdOf(session, key, this.#options.tracePer ?? "turn");
  }

  /** Where a session is one trace, a turn that goes on from something unknown need not wait for somebody to tell which one it lies in. */
  #traceOfSession(session: string): TraceId | null {
    return this.#options.tracePer === "session" ? traceIdOfSession(session) : null;
  }

  /** The application's own code: where it throws, nothing is known to be active. */
  #activeSpan(): Carrier | null {
    try {
      return this.#options.activeSpan?.() ?? null;
    } catch {
      return null;
    }
  }

  #leaveWait(session: string, name: string, turn: Turn): void {
    turn.traceId ??= turn.untoldTraceId;
    const wait: Wait = {
      session,
      name,
      turnSpanId: turn.spanId,
      suspendedSpanId: turn.activationSpanId,
      traceId: turn.traceId,
      ...(turn.isUnsampled ? { unsampled: true } : {}),
      leftAt: this.#options.clock(),
    };
    this.#options.journal.waits.leave(wait);
  }
}

/** So that every process which sees an activation of the turn decides alike. Null: it is sampled, or the activation says so itself. */
function unsampledEntry(wait: Wait, came: TraceContext | null): Carrier | null {
  const { traceId, turnSpanId, unsampled } = wait;
  if (!unsampled || (came?.traceId === traceId && !came.sampled)) return null;
  return writeCarrier({ traceId, spanId: turnSpanId, sampled: false });
}
