import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { AgentEvent, ContextDifference, Held, EventId } from "../vocabulary/event.ts";
import type { ContentAnswer, ContentReader, ContentSource } from "./content.ts";

/** Of so many calls their messages are at hand: a call mostly goes on from the last one of its agent. */
const rememberedLists = 32;

/** Rebuilds contexts from their differences, given every model call they build on, in any order. */
class ContextBook {
  readonly #contexts: BoundedMap<EventId, ContextDifference>;
  /** Of calls that others went on from. */
  readonly #lists: BoundedMap<EventId, readonly Held[]> = new BoundedMap(rememberedLists);
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
    const before = context.from === null ? [] : this.#messagesOf(context.from);
    const messages = before && this.#goneOn(before, context);
    return messages?.length === context.count ? messages : null;
  }

  /** What the call was sent that this event opened. */
  #messagesOf(event: EventId): readonly Held[] | null {
    const chain: ContextDifference[] = [];
    let from: EventId | null = event;
    while (from !== null && !this.#lists.has(from)) {
      const context: ContextDifference | undefined = this.#contexts.get(from);
      if (!context || chain.length > this.#contexts.size) return null;
      chain.push(context);
      from = context.from;
    }
    let messages: readonly Held[] | null = (from !== null && this.#lists.get(from)) || [];
    for (const context of chain.toReversed()) messages &&= this.#goneOn(messages, context);
    return messages && this.#lists.set(event, messages);
  }

  #goneOn(before: readonly Held[], context: ContextDifference): readonly Held[] | null {
    const { keep, cut, add } = context;
    const added = typeof add === "string" ? this.#listOf(add) : add;
    return added && [...before.slice(0, keep), ...before.slice(keep + cut), ...added];
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
}
