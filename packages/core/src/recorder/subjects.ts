import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { EventDraft } from "../vocabulary/event.ts";

const remembered = 10_000;

/** Whose key the content of each session lies under: the user's if one was named when it began, else its own. */
export class Subjects {
  readonly #known: BoundedMap<string, string> = new BoundedMap(remembered);

  /** The first draft of a session settles it. That something is taken out of a session is not its beginning. */
  of(draft: EventDraft): string {
    const { session } = draft;
    const known = this.#known.get(session);
    if (known !== undefined) return known;
    if (draft.type === "record.reduced") return session;
    const user = "userId" in draft ? draft.userId : undefined;
    return this.#known.set(session, typeof user === "string" ? user : session);
  }
}
