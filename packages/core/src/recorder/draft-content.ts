import type { Journal } from "../journal/journal.ts";
import { contentPlacesOf } from "../redaction/place.ts";
import type { EventDraft, EventId } from "../vocabulary/event.ts";
import { ContentPool, type Taken } from "./content-pool.ts";
import { ContextDiffer } from "./context-differ.ts";
import { contextParts } from "./context-said.ts";
import type { Redacting } from "./redacting.ts";

/** The fields of an event that hold content, as an entry has them. */
export type HeldFields = Readonly<Record<string, unknown>>;

/**
 * The content of drafts, stored before the entries that refer to it: each field by its reference, a context by its difference to the one before. What was said
 * already is not stored again, within one segment: a segment stands alone, and the key of a subject may have gone with those before it.
 */
export class DraftContent {
  readonly #journal: Journal;
  readonly #redacting: Redacting;
  #pool: ContentPool;
  #contexts: ContextDiffer;
  #lastSegment = 0;

  constructor(journal: Journal, redacting: Redacting) {
    this.#journal = journal;
    this.#redacting = redacting;
    this.#pool = new ContentPool(journal, redacting);
    this.#contexts = new ContextDiffer(this.#pool);
  }

  /**
   * In the segment that the next entry will lie in. A redactor and the values themselves are the application's code, and may emit: where that has
   * filled the segment, it is all stored again in the next.
   */
  hold(subject: string, draft: EventDraft, event: EventId): HeldFields {
    const segment = this.#segment();
    const { sequence } = this.#journal.tail;
    const held = this.#heldIn(segment, subject, draft, event);
    if (this.#journal.tail.sequence === sequence) return held;
    const now = this.#segment();
    return now === segment ? held : this.#heldIn(now, subject, draft, event);
  }

  /** How many values were stored since this was last asked, and how many could not be. */
  taken(): Taken {
    return this.#pool.taken();
  }

  /** What was lost cannot be referred to: contexts start with a full one, and content is stored again. */
  forget(): void {
    this.#pool = new ContentPool(this.#journal, this.#redacting);
    this.#contexts = new ContextDiffer(this.#pool);
  }

  #segment(): number {
    const segment = this.#journal.segment();
    if (segment !== this.#lastSegment) this.forget();
    this.#lastSegment = segment;
    return segment;
  }

  #heldIn(segment: number, subject: string, draft: EventDraft, event: EventId): HeldFields {
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
}
