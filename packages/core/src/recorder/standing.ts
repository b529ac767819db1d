import type { Journal, Wait } from "../journal/journal.ts";
import { type Carrier, readCarrier } from "../vocabulary/carrier.ts";
import type { AgentEvent, DraftOf, EventDraft, SpanId, TraceId } from "../vocabulary/event.ts";
import { isOpening } from "../vocabulary/event-kind.ts";
import { traceIdOf } from "../vocabulary/identity.ts";
import { type Place, type Turn, TurnRegister } from "./turn-register.ts";

/** What identity, place and time add to a draft. */
export interface Standing {
  readonly place: Place | null;
  readonly turn: Turn | null;
  readonly traceId: TraceId | null;
  /** Only an activation that resumes says it. */
  readonly turnSpanId?: SpanId | null;
  /** What the draft did not say and the surroundings did. */
  readonly added?: Partial<DraftOf<"turn.started">>;
}

/** What has to be remembered of a recorded event: only the opening of a turn says anything here. */
export type KnownStamp = Pick<AgentEvent, "traceId" | "turnSpanId">;

export interface StandingOptions {
  readonly journal: Journal;
  readonly clock: () => number;
  readonly activeSpan?: () => Carrier | null;
}

/** Tells of each draft which span and which turn it belongs to, and leaves and claims what suspended turns wait under. */
export class Standings {
  readonly #options: StandingOptions;
  readonly #turns: TurnRegister = new TurnRegister();

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
    const turn = this.#turns.turnOf(place);
    if (draft.type === "interrupt.raised" && turn && !known)
      this.#leaveWait(draft.session, draft.wait ?? draft.mark, turn);
    if (draft.type === "interrupt.resolved" && draft.wait !== undefined && !known)
      this.#options.journal.waits.claim(draft.session, draft.wait);
    if (!isOpening(draft)) return { place, turn, traceId: null };
    return { place, turn, traceId: this.#turns.contextOf(place)?.traceId ?? null };
  }

  #hang(session: string, place: Place, parent: string | Carrier): void {
    if (typeof parent === "string") {
      this.#turns.hang(place, session, parent);
      return;
    }
    const traceId = readCarrier(parent)?.traceId ?? null;
    const derivedTraceId = traceIdOf(session, place.key);
    place.turn ??= { spanId: place.spanId, traceId, derivedTraceId };
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
    const began = (spanId: SpanId, traceId: TraceId | null, more: Partial<Standing>): Standing => {
      const derivedTraceId = traceIdOf(draft.session, draft.key);
      const turn = this.#turns.begin(place, { spanId, traceId, derivedTraceId });
      return { place, turn, traceId, ...more };
    };
    if (known) return began(known.turnSpanId ?? place.spanId, known.traceId ?? null, {});
    const carrier = typeof draft.parent === "object" ? readCarrier(draft.parent) : null;
    if (draft.resumes !== undefined) {
      const wait = this.#options.journal.waits.claim(draft.session, draft.resumes);
      const turnSpanId = wait?.turnSpanId ?? null;
      const active = this.#activeSpan();
      const links = [
        ...(draft.links ?? []),
        ...(active ? [{ kind: "cause", carrier: active } as const] : []),
      ];
      return began(turnSpanId ?? place.spanId, wait?.traceId ?? carrier?.traceId ?? null, {
        turnSpanId,
        ...(links.length > 0 ? { added: { links } } : {}),
      });
    }
    const active = draft.parent === undefined ? this.#activeSpan() : null;
    const joined = active ? readCarrier(active) : carrier;
    return began(
      place.spanId,
      joined?.traceId ?? traceIdOf(draft.session, draft.key),
      active && joined ? { added: { parent: active } } : {},
    );
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
    turn.traceId ??= turn.derivedTraceId;
    const wait: Wait = {
      session,
      name,
      turnSpanId: turn.spanId,
      traceId: turn.traceId,
      leftAt: this.#options.clock(),
    };
    this.#options.journal.waits.leave(wait);
  }
}
