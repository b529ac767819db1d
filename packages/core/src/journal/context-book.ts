import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { AgentEvent, ContextDifference, Held, EventId } from "../vocabulary/event.ts";
import type { ContentAnswer, ContentReader, ContentSource } from "./content.ts";

/** Rebuilds contexts from their differences, given every model call they build on, in any order. */
class ContextBook {
  readonly #contexts: BoundedMap<EventId, ContextDifference>;
  readonly #read: (held: Held) => ContentAnswer;

  constructor(read: (held: Held) => ContentAnswer, remember: number) {
    this.#contexts = new BoundedMap(remember);
    this.#read = read;
  }

  apply(event: AgentEvent): void {
    if (event.type === "model.started" && event.context)
      this.#contexts.set(event.id, event.context);
  }

  /** Oldest first; null where a part of the chain, or a list that was too long for an entry, is gone. */
  messages(context: ContextDifference): readonly Held[] | null {
    const chain: ContextDifference[] = [context];
    for (let from = context.from; from !== null;) {
      const earlier = this.#contexts.get(from);
      if (!earlier || chain.length > this.#contexts.size) return null;
      chain.push(earlier);
      from = earlier.from;
    }
    let messages: readonly Held[] = [];
    for (const { keep, cut, add } of chain.toReversed()) {
      const added = typeof add === "string" ? this.#listOf(add) : add;
      if (added === null) return null;
      messages = [...messages.slice(0, keep), ...messages.slice(keep + cut), ...added];
    }
    return messages.length === context.count ? messages : null;
  }

  #listOf(held: Held): readonly Held[] | null {
    const answer = this.#read(held);
    return answer.kind === "value" && Array.isArray(answer.value)
      ? (answer.value as readonly Held[])
      : null;
  }
}

/**
 * Content as exporters and the command line read it: values by reference, and whole contexts once their events were applied. `remember`: of how
 * many calls; a context that builds on a forgotten one is null.
 */
export function contentReader(
  source: ContentSource,
  remember: number = Number.POSITIVE_INFINITY,
): BookkeepingReader {
  const read = (held: Held): ContentAnswer => {
    if (typeof held === "object") return { kind: "withheld", reason: held.withheld };
    const stored = source.find(held);
    if (!stored) return { kind: gone };
    const { value, cutFrom } = stored;
    return { kind: "value", value, ...(cutFrom === undefined ? {} : { cutFrom }) };
  };
  const book = new ContextBook(read, remember);
  let gone: "missing" | "erased" | "removed" = "missing";
  return {
    read,
    sizeOf: (held) => (typeof held === "object" ? 0 : (source.sizeOf(held) ?? 0)),
    messages: (context) => book.messages(context),
    apply: (event) => {
      book.apply(event);
      if (event.type !== "record.reduced" || event.what !== "content") return;
      gone = event.why === "erasure" || gone === "erased" ? "erased" : "removed";
    },
  };
}

/**
 * A content reader that is told of the events whose contexts it may be asked for. What is gone went for the reason that these events give, if any: whose it was,
 * nobody can tell any more, so it should be told of what belongs together.
 */
export interface BookkeepingReader extends ContentReader {
  apply(event: AgentEvent): void;
  /** About how many bytes the text of a value has, without reading it; 0 where it is not to be had. */
  sizeOf(held: Held): number;
}
