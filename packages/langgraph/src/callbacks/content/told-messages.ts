import type { JsonObject, JsonValue } from "@spoor/core";
import { Recent } from "../runs/recent.ts";
import { countFitting } from "./fitting.ts";
import type { StatePlace } from "./state-place.ts";
import { earlierInWords, leftOutInWords } from "./told-words.ts";

const mostThreads = 1_000;

/**
 * Which messages a thread's states have told of. LangGraph gives each node the whole list and ends with it once more; told in full, a
 * thread would grow with the square of its length. A message that is forgotten here is told again, and nothing else happens.
 */
export class ToldMessages {
  readonly #threads: Recent<WeakSet<JsonObject>> = new Recent(mostThreads);

  /**
   * Those that are new, behind words for the others; where they are too many at once, the newest of them, and the rest when they come again. Of
   * a question or an answer, then, only what follows all that was told.
   */
  list(messages: readonly JsonObject[], { thread, showsLast }: StatePlace): readonly JsonValue[] {
    const told = this.#toldIn(thread);
    const last = showsLast ? messages.at(-1) : undefined;
    const isEarlier = (message: JsonObject): boolean => message !== last && told.has(message);
    const fresh = messages.filter((message) => !isEarlier(message));
    const fits = countFitting(fresh.toReversed());
    const isTooMuch = fits < fresh.length;
    const behind =
      isTooMuch && showsLast ? messages.length - 1 - messages.findLastIndex(isEarlier) : fits;
    const shown = fresh.slice(fresh.length - Math.min(fits, behind));
    for (const message of shown) told.add(message);
    if (shown.length === messages.length) return messages;
    return [
      ...earlierInWords(messages.length - fresh.length, "message"),
      ...leftOutInWords(fresh.length - shown.length, "message"),
      ...shown,
    ];
  }

  #toldIn(thread: string): WeakSet<JsonObject> {
    const known = this.#threads.get(thread);
    if (known !== undefined) return known;
    const told = new WeakSet<JsonObject>();
    this.#threads.set(thread, told);
    return told;
  }
}
