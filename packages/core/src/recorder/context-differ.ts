import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { ContextPlace } from "../redaction/place.ts";
import type { ContextDifference, Held, EventId } from "../vocabulary/event.ts";
import type { ContentPool } from "./content-pool.ts";
import type { ContextSaid } from "./context-said.ts";

interface Base {
  readonly event: EventId;
  readonly segment: number;
  readonly messages: readonly Held[];
  /** Messages said in differences since the last full context. */
  readonly addedSinceFull: number;
}

/** More than these go into one piece of content, so that an entry stays small. */
const inlineLimit = 512;

/**
 * Says a context as a difference to the one before it of the same agent. A full one is said at the start of each segment and whenever the
 * differences since the last one outweigh it: so what is written stays linear in what is new, and so does reading. A second witness of one
 * call says it in full, too: a call cannot build on itself.
 */
export class ContextDiffer {
  readonly #pool: ContentPool;
  readonly #bases: BoundedMap<string, Base> = new BoundedMap(1_000);

  constructor(pool: ContentPool) {
    this.#pool = pool;
  }

  difference(said: ContextSaid): ContextDifference {
    const { subject, segment, event, context } = said;
    const agent = JSON.stringify([said.session, said.agent ?? null]);
    const hold = (value: unknown, place: ContextPlace): Held =>
      this.#pool.holdAgain(subject, value, place, segment);
    const messages = context.messages.map((message) => hold(message, "context.messages"));
    const known = this.#bases.get(agent);
    const base = known?.segment === segment && known.event !== event ? known : null;
    const change = base && difference(base.messages, messages);
    const useChange = change && base.addedSinceFull + change.add.length <= messages.length;
    const { keep, cut, add } = useChange ? change : { keep: 0, cut: 0, add: messages };
    this.#bases.set(agent, {
      event,
      segment,
      messages,
      addedSinceFull: useChange ? base.addedSinceFull + add.length : 0,
    });
    return {
      from: useChange ? base.event : null,
      keep,
      cut,
      count: messages.length,
      add: this.#inline(subject, add),
      ...(context.instructions === undefined
        ? {}
        : { instructions: hold(context.instructions, "context.instructions") }),
      ...(context.tools === undefined ? {} : { tools: hold(context.tools, "context.tools") }),
    };
  }

  #inline(subject: string, add: readonly Held[]): ContextDifference["add"] {
    return add.length <= inlineLimit ? add : this.#pool.keep(subject, add);
  }
}

/** The shortest way from one list to the other that keeps a head, cuts what follows it, keeps what follows that, and adds at the end. */
function difference(
  before: readonly Held[],
  after: readonly Held[],
): { readonly keep: number; readonly cut: number; readonly add: readonly Held[] } {
  let keep = 0;
  while (keep < before.length && keep < after.length && same(before[keep], after[keep])) keep += 1;
  if (keep === before.length) return { keep, cut: 0, add: after.slice(keep) };
  const kept = longestTailAtHead(before.slice(keep), after.slice(keep));
  return { keep, cut: before.length - keep - kept, add: after.slice(keep + kept) };
}

/** How many of the last of `tail` are the first of `head`, in linear time (the failure function of Knuth, Morris and Pratt). */
function longestTailAtHead(tail: readonly Held[], head: readonly Held[]): number {
  const failure: number[] = [0];
  let matched = 0;
  for (let index = 1; index < head.length; index += 1) {
    while (matched > 0 && !same(head[index], head[matched])) matched = failure[matched - 1] ?? 0;
    if (same(head[index], head[matched])) matched += 1;
    failure.push(matched);
  }
  matched = 0;
  for (const held of tail) {
    while (matched > 0 && (matched === head.length || !same(held, head[matched])))
      matched = failure[matched - 1] ?? 0;
    if (matched < head.length && same(held, head[matched])) matched += 1;
  }
  return matched;
}

function same(left: Held | undefined, right: Held | undefined): boolean {
  if (typeof left === "object" && typeof right === "object")
    return left.withheld === right.withheld;
  return left !== undefined && left === right;
}
