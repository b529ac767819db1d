import { type EventDraft, type Key, unknownUsage } from "@spoor/core";
import { callKey } from "./drafts/calls.ts";
import { said } from "./drafts/place.ts";
import type { Elsewhere } from "./elsewhere.ts";
import type { CrewEvent, LostLines } from "./native.ts";
import { jsonOf } from "../reading/narrow.ts";
import type { Scopes } from "./scopes.ts";

/**
 * Which session an event is of: that of what it lies in, where that was seen; else the one in which others tell of it; else the conversation that the application
 * has named, or the execution that CrewAI names, which is one for each kickoff, also across a pause. Where a recording names none of these, all of it is one session, called after its first event, and each
 * kickoff is a turn of it.
 */
export class Sessions {
  readonly #told: Set<string> = new Set();
  /** Turns that are open, with their sessions. */
  readonly #open: Map<Key, string> = new Map();
  readonly #elsewhere: Elsewhere;
  #unnamed: string | null = null;

  constructor(elsewhere: Elsewhere) {
    this.#elsewhere = elsewhere;
  }

  of(event: CrewEvent, id: string, place: string | undefined, scopes: Scopes): string {
    const { conversation, run, process } = event.about;
    const around = scopes.find(place) ?? scopes.find(event.started);
    if (around !== undefined) return around.session;
    const named = this.#elsewhereOf(event, id) ?? conversation ?? run ?? process;
    if (process !== undefined && named !== undefined) return named;
    this.#unnamed ??= named ?? id;
    return named ?? this.#unnamed;
  }

  #elsewhereOf(event: CrewEvent, id: string): string | undefined {
    for (const name of [callKey(event, id), id, event.parent, event.started]) {
      const session = typeof name === "string" ? this.#elsewhere.sessionOf(name) : null;
      if (session !== null) return session;
    }
    return undefined;
  }

  /** The first word of a session. */
  *announce(event: CrewEvent, session: string): Iterable<EventDraft> {
    if (this.#told.has(session)) return;
    this.#told.add(session);
    const { version, conversation } = event.about;
    yield {
      session,
      source: said({ event, session }).source,
      type: "session.started",
      on: null,
      mark: "session",
      framework: "crewai",
      ...(version === undefined ? {} : { frameworkVersion: version.slice(0, 200) }),
      ...(conversation === undefined ? { inferred: true as const } : {}),
    };
  }

  turnStarted(turn: Key, session: string): void {
    this.#open.set(turn, session);
  }

  turnEnded(turn: Key): void {
    this.#open.delete(turn);
  }

  /** What was used in lines that are lost nobody can count, and they may have been of any turn that is open. */
  *lost({ mark, fields }: LostLines): Iterable<EventDraft> {
    for (const [on, session] of this.#open) {
      const marked = { session, source: "events", on, mark } as const;
      yield { ...marked, type: "log.written", level: "warn", content: { lost: jsonOf(fields) } };
      yield {
        ...marked,
        type: "usage.reported",
        basis: "total",
        usage: unknownUsage,
        final: false,
      };
    }
  }
}
