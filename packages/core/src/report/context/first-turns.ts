import type { ContentReader } from "../../journal/content.ts";
import type { ContextDifference, Held } from "../../vocabulary/event.ts";
import type { ModelCall } from "./model-calls.ts";

/** When something was first sent. */
export interface FirstTurns {
  /** Of instructions or tools. */
  of(held: Held): number | null;
  /** Of the messages of a context that was sent in a turn, each by its place. */
  ofMessages(messages: readonly Held[], turn: number): readonly (number | null)[];
}

/**
 * In which turn what these calls were sent stood in one of their contexts for the first time: in the order of the calls, by what each adds to the
 * one before, so the work is linear in what is new. A message that was said twice has two beginnings. Withheld ones cannot be told apart, so
 * theirs are unknown.
 */
export function firstTurnsOf(calls: readonly ModelCall[], content: ContentReader): FirstTurns {
  const parts = new Map<Held, number>();
  const messages = new Map<Held, number[]>();
  for (const { turn, span } of calls) {
    const { context } = span;
    if (!context) continue;
    for (const part of [context.instructions, context.tools])
      if (part !== undefined && !parts.has(part)) parts.set(part, turn);
    const inFull = context.from === null;
    const again = new Map<Held, number>();
    for (const held of addedBy(context, content)) {
      const turns = messages.get(held) ?? [];
      const nth = (again.get(held) ?? 0) + 1;
      again.set(held, nth);
      if (!inFull || turns.length < nth) turns.push(turn);
      messages.set(held, turns);
    }
  }
  return {
    of: (held) => (typeof held === "object" ? null : (parts.get(held) ?? null)),
    ofMessages(list, turn) {
      const again = new Map<Held, number>();
      return list.map((held) => {
        if (typeof held === "object") return null;
        const nth = again.get(held) ?? 0;
        again.set(held, nth + 1);
        const turns = messages.get(held) ?? [];
        return turns[nth] ?? turns.findLast((known) => known <= turn) ?? null;
      });
    },
  };
}

/** What a context says anew; nothing where the list of it is gone. */
export function addedBy({ add }: ContextDifference, content: ContentReader): readonly Held[] {
  if (typeof add !== "string") return add;
  const answer = content.read(add);
  return answer.kind === "value" && Array.isArray(answer.value)
    ? (answer.value as readonly Held[])
    : [];
}
