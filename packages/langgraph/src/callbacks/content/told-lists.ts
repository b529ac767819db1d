import type { JsonValue } from "@spoor/core";
import { isRecord } from "@spoor/core";
import { charactersIn } from "./characters.ts";
import { countFitting } from "./fitting.ts";
import { KnownForms } from "./known-forms.ts";
import { sameJson } from "./same-json.ts";
import type { StatePlace } from "./state-place.ts";
import { earlierInWords, leftOutInWords } from "./told-words.ts";

type Items = readonly JsonValue[];

/** A beginning that is not longer is told again: that reads better than words for it. */
const fewestCharacters = 1_000;
/** The long lists of a graph's state are few. */
const mostLists = 8;

const none: readonly Items[] = [];

/**
 * Which lists a thread's states have told of, other than those of LangChain's messages: a history of plain objects, a log, documents. They
 * grow at their end, so of a list is told what lies behind the longest beginning that it shares with one that was told.
 */
export class ToldLists {
  readonly #threads: KnownForms<readonly Items[]> = new KnownForms();

  /**
   * What is new, behind words for the rest; where that is too much at once, the first of it, and what follows when it comes again. Of a question
   * or an answer it is then the last.
   */
  list(items: Items, { thread, showsLast }: StatePlace): Items {
    const known = this.#threads.get(thread) ?? none;
    const shared = longestShared(known, items);
    const mostEarlier = showsLast ? items.length - 1 : items.length;
    const earlier = isLong(items.slice(0, shared)) ? Math.min(shared, mostEarlier) : 0;
    const fresh = items.slice(earlier);
    const shown = fresh.slice(0, countFitting(fresh));
    const noun = items.every(isSpoken) ? "message" : "item";
    const before = earlierInWords(earlier, noun);
    if (showsLast && shown.length < fresh.length)
      return [...before, ...leftOutInWords(fresh.length - 1, noun), ...items.slice(-1)];
    const told = earlier + shown.length;
    if (told > shared) this.#remember(thread, items.slice(0, told), shared);
    if (shown.length === items.length) return items;
    return [...before, ...shown, ...leftOutInWords(fresh.length - shown.length, noun)];
  }

  /** In the place of what it goes on from. */
  #remember(thread: string, told: Items, shared: number): void {
    if (!isLong(told)) return;
    const known = this.#threads.get(thread) ?? none;
    const others = known.filter(
      (list) => list.length !== shared || sharedBeginning(list, told) !== shared,
    );
    this.#threads.set(thread, [told, ...others].slice(0, mostLists));
  }
}

function longestShared(lists: readonly Items[], items: Items): number {
  return lists.reduce((longest, list) => Math.max(longest, sharedBeginning(list, items)), 0);
}

function sharedBeginning(left: Items, right: Items): number {
  const most = Math.min(left.length, right.length);
  let shared = 0;
  while (shared < most && sameJson(left[shared] ?? null, right[shared] ?? null)) shared += 1;
  return shared;
}

function isLong(items: Items): boolean {
  let left = fewestCharacters;
  return items.some((item) => (left -= charactersIn(item)) < 0);
}

/** As people write messages where no framework makes them write others. */
function isSpoken(item: JsonValue): boolean {
  return isRecord(item) && typeof item["role"] === "string" && "content" in item;
}
