import type { ContentReader } from "../../journal/content.ts";
import type { ContextDifference, Held, SpanId } from "../../vocabulary/event.ts";
import { difference } from "../text/difference.ts";
import type { ModelCall } from "./model-calls.ts";

/** When something was first sent. */
export interface FirstTurns {
  /** Of instructions or tools. */
  of(held: Held): number | null;
  /** Of the messages that a call was sent, each by its place. */
  ofMessages(messages: readonly Held[], call: SpanId): readonly (number | null)[];
}

/** What a call was sent: so many from the beginning of lists that go on growing while calls only add to them. */
interface SentList {
  readonly held: Held[];
  readonly turns: (number | null)[];
  readonly count: number;
}

/**
 * In which turn what these calls were sent stood in one of their contexts for the first time: what stayed from one to the next takes its turn along,
 * so a message that is said twice has two beginnings, and one that is said again after a compaction begins there. Linear in what is new while
 * calls add to what was. Null where that cannot be known: of withheld messages, which cannot be told apart, and where nobody can tell whether one
 * stayed or was said again.
 */
export function firstTurnsOf(calls: readonly ModelCall[], content: ContentReader): FirstTurns {
  const parts = new Map<Held, number>();
  const lists = new Map<SpanId, SentList>();
  let before: SentList | "nothing" | "gone" = "nothing";
  for (const { turn, span } of calls) {
    const { context } = span;
    if (!context) continue;
    for (const part of [context.instructions, context.tools])
      if (part !== undefined && !parts.has(part)) parts.set(part, turn);
    const sent = sentList(before, context, turn, content);
    if (sent) lists.set(span.spanId, sent);
    before = sent ?? "gone";
  }
  return {
    of: (held) => (typeof held === "object" ? null : (parts.get(held) ?? null)),
    ofMessages(messages, call) {
      const sent = lists.get(call);
      return messages.map((held, place) => {
        const isKnown = typeof held === "string" && sent?.held[place] === held;
        return isKnown ? (sent.turns[place] ?? null) : null;
      });
    },
  };
}

function sentList(
  before: SentList | "nothing" | "gone",
  context: ContextDifference,
  turn: number,
  content: ContentReader,
): SentList | null {
  if (typeof before === "object" && onlyAdds(context, before)) {
    const added = addedBy(context, content);
    if (before.count + added.length !== context.count) return null;
    const [held, turns] =
      before.count === before.held.length
        ? [before.held, before.turns]
        : [before.held.slice(0, before.count), before.turns.slice(0, before.count)];
    for (const one of added) {
      held.push(one);
      turns.push(turn);
    }
    return { held, turns, count: context.count };
  }
  const messages = content.messages(context);
  if (!messages) return null;
  const turns = typeof before === "object" ? carried(before, messages, turn) : null;
  const untold = before === "nothing" ? turn : null;
  const held = [...messages];
  return { held, turns: turns ?? held.map(() => untold), count: held.length };
}

const onlyAdds = ({ from, keep, cut }: ContextDifference, { count }: SentList): boolean =>
  from !== null && cut === 0 && keep === count;

/** What is new is of this turn, unless the same was cut: then it may have stayed. */
function carried(
  { held, turns, count }: SentList,
  messages: readonly Held[],
  turn: number,
): (number | null)[] {
  const { edits } = difference(held.slice(0, count), messages, { nameOf, repeats: "apart" });
  const cut = new Set(edits.flatMap(({ kind, item }) => (kind === "cut" ? [nameOf(item)] : [])));
  return edits.flatMap((edit) => {
    if (edit.kind === "cut") return [];
    if (edit.kind === "kept") return [turns[edit.before] ?? null];
    return [cut.has(nameOf(edit.item)) ? null : turn];
  });
}

const nameOf = (held: Held): string => (typeof held === "string" ? held : held.withheld);

/** What a context says anew; nothing where the list of it is gone. */
export function addedBy({ add }: ContextDifference, content: ContentReader): readonly Held[] {
  if (typeof add !== "string") return add;
  const answer = content.read(add);
  return answer.kind === "value" && Array.isArray(answer.value)
    ? (answer.value as readonly Held[])
    : [];
}
