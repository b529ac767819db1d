import type { JsonObject, JsonValue } from "@spoor/core";
import { Recent } from "../runs/recent.ts";

const mostThreads = 10_000;

/**
 * Which messages a thread's states have told of. LangGraph gives each node the whole list and ends with it once more; told in full, a
 * thread would grow with the square of its length. A message that is forgotten here is told again, and nothing else happens.
 */
export class ToldOnce {
  readonly #threads: Recent<WeakSet<JsonObject>> = new Recent(mostThreads);

  /** Those that are new, behind words for the others. `showsLast`: the last one in any case, as an answer or a question has to. */
  list(thread: string, messages: readonly JsonObject[], showsLast: boolean): JsonValue {
    const told = this.#toldIn(thread);
    const last = messages.at(-1);
    const shown = messages.filter(
      (message) => !told.has(message) || (showsLast && message === last),
    );
    for (const message of shown) told.add(message);
    const count = messages.length - shown.length;
    return count === 0 ? messages : [inWords(count), ...shown];
  }

  #toldIn(thread: string): WeakSet<JsonObject> {
    const known = this.#threads.get(thread);
    if (known !== undefined) return known;
    const told = new WeakSet<JsonObject>();
    this.#threads.set(thread, told);
    return told;
  }
}

/** Words, so that nobody takes them for a message. */
const inWords = (count: number): string =>
  `[${count} earlier ${count === 1 ? "message" : "messages"}]`;
