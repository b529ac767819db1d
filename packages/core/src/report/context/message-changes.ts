import { difference } from "../text/difference.ts";
import type { ContextMessage } from "./context-part.ts";
import { areAlike, type TextChange, textChange } from "./text-change.ts";

/** What became of messages from one context to the next. `before` and `after` are places, from 0. */
export type MessageChange =
  | {
      readonly change: "kept";
      readonly before: number;
      readonly after: number;
      readonly count: number;
    }
  | { readonly change: "cut"; readonly message: ContextMessage }
  | { readonly change: "added"; readonly message: ContextMessage }
  | {
      readonly change: "replaced";
      readonly before: ContextMessage;
      readonly after: ContextMessage;
      readonly text: TextChange;
    };

/** In order. Of what was cut and what was added in one place, by the same speaker and with half of the words the same, one replaced the other. */
export function messageChanges(
  before: readonly ContextMessage[],
  after: readonly ContextMessage[],
): readonly MessageChange[] {
  const changes: MessageChange[] = [];
  let cut: ContextMessage[] = [];
  let added: ContextMessage[] = [];
  const settle = (): void => {
    for (const change of replacements(cut, added)) changes.push(change);
    [cut, added] = [[], []];
  };
  for (const edit of difference(before, after, isSame).edits) {
    if (edit.kind === "cut") cut.push(edit.item);
    else if (edit.kind === "added") added.push(edit.item);
    else {
      settle();
      const last = changes.at(-1);
      const { before: from, after: to } = edit;
      if (last?.change === "kept") changes[changes.length - 1] = { ...last, count: last.count + 1 };
      else changes.push({ change: "kept", before: from, after: to, count: 1 });
    }
  }
  settle();
  return changes;
}

function replacements(
  cut: readonly ContextMessage[],
  added: readonly ContextMessage[],
): readonly MessageChange[] {
  const changes: MessageChange[] = [];
  let [gone, come] = [0, 0];
  const settle = (place: number): void => {
    for (const message of cut.slice(gone, place)) changes.push({ change: "cut", message });
    for (const message of added.slice(come, place)) changes.push({ change: "added", message });
    [gone, come] = [place + 1, place + 1];
  };
  for (const [place, before] of cut.entries()) {
    const after = added[place];
    if (!after || place >= mostPairs || !mayBeAlike(before, after)) continue;
    const text = textChange(before.value, after.value);
    if (!areAlike(text)) continue;
    settle(place);
    changes.push({ change: "replaced", before, after, text });
  }
  settle(Math.max(cut.length, added.length));
  return changes;
}

/** More pairs than these nobody reads line by line, and each takes its time. */
const mostPairs = 50;

/** What was said in different spans are two sayings, however alike: only what was sent without a word about that can have been edited. */
function mayBeAlike(before: ContextMessage, after: ContextMessage): boolean {
  const [from, to] = [before.bytes ?? 0, after.bytes ?? 0];
  return (
    before.spanId === after.spanId &&
    before.role === after.role &&
    Math.min(from, to) * 3 >= Math.max(from, to)
  );
}

/**
 * Nobody can tell two withheld messages apart: what stands in the same place is taken for the same, as the recorder does. Where it is known who
 * said a message, it is that saying, and not another with the same words.
 */
function isSame(left: ContextMessage, right: ContextMessage): boolean {
  return (
    left.hash === right.hash &&
    left.spanId === right.spanId &&
    left.origin === right.origin &&
    (left.hash !== null || left.value === right.value)
  );
}
