import type { EventDraft, Key, OpeningDraft, Outcome } from "@spoor/core";
import type { Ending, SessionPlan } from "./arbitrary-plan.ts";

/** Who tells of a session: when something was told, who else saw it begin, and whether anybody saw it end. */
export class Speaker {
  readonly #session: string;
  readonly #plan: Pick<SessionPlan, "timed" | "witnessed">;
  #told = 0;
  #opened = 0;

  constructor(session: string, plan: Pick<SessionPlan, "timed" | "witnessed">) {
    this.#session = session;
    this.#plan = plan;
  }

  ended(
    family: "turn" | "work" | "model" | "tool",
    key: Key,
    ending: Ending,
  ): readonly EventDraft[] {
    if (ending === null) return [];
    return [
      {
        ...this.about(),
        type: `${family}.ended`,
        key,
        outcome: outcomes[ending],
        output: `output of ${key}`,
      },
    ];
  }

  /** And, where a second witness saw it, what that one says: a little later, of a turn under a name of its own. */
  opening(draft: OpeningDraft): readonly EventDraft[] {
    this.#opened += 1;
    const { witnessed } = this.#plan;
    if (witnessed === 0 || this.#opened % witnessed > 0) return [draft];
    const { key, type } = draft;
    if (type !== "turn.started") return [draft, { ...draft, ...this.about("hook") }];
    const { resumes: _resumes, ...seen } = draft;
    const alias = `${key} by the hook`;
    return [
      draft,
      { ...this.about("hook"), type: "span.amended", on: key, mark: "alias", alias },
      { ...seen, ...this.about("hook"), key: alias },
    ];
  }

  about(source: string = "stream"): {
    readonly session: string;
    readonly source: string;
    readonly at?: { readonly ms: number };
  } {
    this.#told += 1;
    const ms = Date.UTC(2026, 0, 1) + this.#told * 10;
    const isTimed = this.#told % 3 < this.#plan.timed;
    return { session: this.#session, source, ...(isTimed ? { at: { ms } } : {}) };
  }
}

const outcomes: Readonly<Record<NonNullable<Ending>, Outcome>> = {
  ok: { status: "ok" },
  cancelled: { status: "cancelled" },
  error: { status: "error", errorType: "Error" },
};
