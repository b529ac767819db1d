import type { JsonValue } from "../../vocabulary/json.ts";
import { difference } from "./difference.ts";
import { areAlike, type TextChange, textChange } from "./text-change.ts";

/** What became of the items of a list. `before` and `after` of what was kept are places, from 0. */
export type ListChange<Item> =
  | {
      readonly change: "kept";
      readonly before: number;
      readonly after: number;
      readonly count: number;
    }
  | { readonly change: "cut" | "added"; readonly item: Item }
  | {
      readonly change: "replaced";
      readonly before: Item;
      readonly after: Item;
      readonly text: TextChange;
    };

/** What a message is held against another by. */
export interface Compared {
  /** Two messages are the same one where their names are. */
  readonly name: unknown;
  readonly role: string | null;
  /** The span that it was said in; null: that is not known. */
  readonly saidIn: unknown;
  readonly size: number;
  readonly value: () => JsonValue;
}

/**
 * In order. Of what was cut and what was added in one place, by the same speaker and with half of the words the same, one replaced the other.
 * A message that is said over and over counts as kept only where what stands beside it tells which one it is.
 */
export function listChanges<Item>(
  before: readonly Item[],
  after: readonly Item[],
  comparedBy: (item: Item) => Compared,
): readonly ListChange<Item>[] {
  const changes: ListChange<Item>[] = [];
  let cut: Item[] = [];
  let added: Item[] = [];
  const settle = (): void => {
    for (const change of replacements(cut, added, comparedBy)) changes.push(change);
    [cut, added] = [[], []];
  };
  const nameOf = (item: Item): unknown => comparedBy(item).name;
  for (const edit of difference(before, after, { nameOf, repeats: "apart" }).edits) {
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

/** More pairs than these nobody reads line by line, and each takes its time. */
const mostPairs = 50;

function replacements<Item>(
  cut: readonly Item[],
  added: readonly Item[],
  comparedBy: (item: Item) => Compared,
): readonly ListChange<Item>[] {
  const changes: ListChange<Item>[] = [];
  let [gone, come] = [0, 0];
  const settle = (place: number): void => {
    for (const item of cut.slice(gone, place)) changes.push({ change: "cut", item });
    for (const item of added.slice(come, place)) changes.push({ change: "added", item });
    [gone, come] = [place + 1, place + 1];
  };
  for (const [place, before] of cut.slice(0, mostPairs).entries()) {
    const after = added[place];
    if (after === undefined) break;
    const text = editBetween(comparedBy(before), comparedBy(after));
    if (!text) continue;
    settle(place);
    changes.push({ change: "replaced", before, after, text });
  }
  settle(Math.max(cut.length, added.length));
  return changes;
}

/** What was said in different spans are two sayings, however alike: only what was sent without a word about that can have been edited. */
function editBetween(before: Compared, after: Compared): TextChange | null {
  const sizes = [before.size, after.size];
  if (
    before.name === after.name ||
    before.saidIn !== after.saidIn ||
    before.role !== after.role ||
    Math.min(...sizes) * 3 < Math.max(...sizes)
  )
    return null;
  const text = textChange(before.value(), after.value());
  return areAlike(text) ? text : null;
}
