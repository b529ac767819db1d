import type { ContentReader, ContentRef, Journal, JsonValue } from "@spoor/core";

/** A journal whose latest small values can be had without a look at the disk. */
export interface RecentContent {
  readonly journal: Journal;
  readonly content: ContentReader;
  readonly forget: () => void;
}

const smallText = 512;
const mostText = 4 * 1024 * 1024;

/** What is not among them is asked of `content`. */
export function withRecentContent(journal: Journal, content: ContentReader): RecentContent {
  const recent = new Map<ContentRef, string>();
  let characters = 0;
  const forget = (): void => {
    recent.clear();
    characters = 0;
  };
  const remember = (ref: ContentRef, json: string): void => {
    if (json.length > smallText || characters > mostText) return;
    recent.set(ref, json);
    characters += json.length;
  };
  return {
    forget,
    journal: {
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
      store: (subject, ref, json, cutFrom) => {
        if (cutFrom === undefined) remember(ref, json);
        return journal.store(subject, ref, json, cutFrom);
      },
      append: (entry, tail) => journal.append(entry, tail),
      flush: () => journal.flush(),
      close: () => journal.close(),
      health: () => journal.health(),
      reader: () => journal.reader(),
    },
    content: {
      read: (held) => {
        const json = typeof held === "string" ? recent.get(held) : undefined;
        return json === undefined
          ? content.read(held)
          : { kind: "value", value: JSON.parse(json) as JsonValue };
      },
      sizeOf: (held) => content.sizeOf(held),
      messages: (context) => content.messages(context),
    },
  };
}
