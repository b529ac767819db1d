import { hash } from "node:crypto";
import type { Journal } from "../journal/journal.ts";
import { memoryJournal, type MemoryJournalOptions } from "../journal/memory-journal.ts";

/** A journal that does some things another way. */
export function journalWith(journal: Journal, otherwise: Partial<Journal>): Journal {
  return {
    lane: journal.lane,
    waits: journal.waits,
    reduction: journal.reduction,
    get tail() {
      return journal.tail;
    },
    get end() {
      return journal.end;
    },
    segment: () => journal.segment(),
    keyOf: (subject) => journal.keyOf(subject),
    store: (subject, ref, json, cutFrom) => journal.store(subject, ref, json, cutFrom),
    append: (entry, tail) => journal.append(entry, tail),
    flush: () => journal.flush(),
    close: () => journal.close(),
    health: () => journal.health(),
    reader: () => journal.reader(),
    ...otherwise,
  };
}

/** In memory, with keys that follow from the subject: the same value has the same reference in each of them. */
export function steadyJournal(options: MemoryJournalOptions = {}): Journal {
  return journalWith(memoryJournal(options), {
    keyOf: (subject) => hash("sha256", subject, "buffer"),
  });
}

export interface FailingJournal {
  readonly journal: Journal;
  /** From now on nothing can be written; false: it works again. */
  readonly fails: (isFailing: boolean) => void;
  readonly lost: () => number;
}

/** A journal that can be told to fail. */
export function failingJournal(): FailingJournal {
  const inner = steadyJournal();
  let failing = false;
  let lost = 0;
  const journal = journalWith(inner, {
    store(subject, ref, json, cutFrom) {
      return !failing && inner.store(subject, ref, json, cutFrom);
    },
    append(entry, tail) {
      if (!failing) return inner.append(entry, tail);
      lost += 1;
      return null;
    },
    health: () => ({ ...inner.health(), lost }),
  });
  return {
    journal,
    fails: (isFailing) => {
      failing = isFailing;
    },
    lost: () => lost,
  };
}
