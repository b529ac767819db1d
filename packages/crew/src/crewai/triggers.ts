import { BoundedMap, type EventDraft, type Key } from "@spoor/core";
import { type Placed, said } from "./drafts/place.ts";
import { addTo } from "./lists.ts";

/** Methods of a flow set each other off: a method says which end it follows, and that end belongs to a method. Either may be seen first. */
export class Triggers {
  readonly #ends: BoundedMap<string, Key> = new BoundedMap(1000);
  readonly #waiting: BoundedMap<string, Key[]> = new BoundedMap(1000);

  /** What set a method off, if that was seen. */
  causeOf(placed: Placed): Key | undefined {
    const { trigger } = placed.event;
    if (trigger === undefined) return undefined;
    const cause = this.#ends.get(trigger);
    if (cause === undefined) addTo(this.#waiting, trigger, placed.id);
    return cause;
  }

  *ended(placed: Placed, method: Key): Iterable<EventDraft> {
    const { id, session } = placed;
    const { source } = said(placed);
    this.#ends.set(id, method);
    for (const on of this.#waiting.get(id) ?? [])
      yield { session, source, type: "span.amended", on, mark: "trigger", causedBy: method };
    this.#waiting.delete(id);
  }
}
