import type { ContentAnswer, ContentReader } from "../journal/content.ts";
import type { Place } from "../redaction/place.ts";
import type { Redactor } from "../redaction/redactor.ts";
import type { Held } from "../vocabulary/event.ts";
import type { Placed } from "./places.ts";
import type { Route } from "./route.ts";

/** Content as a route lets its exporter see it, batch by batch; null: not at all. */
export type Sight<Item> = ((batch: readonly Item[]) => ContentReader) | null;

export function sightOf<Item>(
  { to, content, redact }: Route,
  reader: ContentReader,
  placesIn: (item: Item) => readonly Placed[],
): Sight<Item> {
  if ((content ?? to.content ?? "full") === "none") return null;
  if (!redact) return () => reader;
  return (batch) => redacting(reader, redact, batch.flatMap(placesIn));
}

/** One value may stand in several places: the strictest of them decides. */
function redacting(
  reader: ContentReader,
  redactor: Redactor,
  known: readonly Placed[],
): ContentReader {
  const places = new Map<Held, Set<Place>>();
  const learn = (held: Held, place: Place): void => {
    places.set(held, (places.get(held) ?? new Set<Place>()).add(place));
  };
  for (const [held, place] of known) learn(held, place);
  return {
    read: (held) => redacted(reader.read(held), redactor, places.get(held) ?? []),
    // What is left of a value by redaction has another size.
    sizeOf: () => 0,
    messages(context) {
      const messages = reader.messages(context);
      for (const message of messages ?? []) learn(message, "context.messages");
      return messages;
    },
  };
}

/** Redaction fails closed: also where nobody knows the place of a value. */
function redacted(
  answer: ContentAnswer,
  redactor: Redactor,
  places: Iterable<Place>,
): ContentAnswer {
  if (answer.kind !== "value") return answer;
  const all = [...places];
  if (all.length === 0) return { kind: "withheld", reason: "redactor failed" };
  try {
    if (all.some((place) => redactor.withholds?.(place)))
      return { kind: "withheld", reason: "policy" };
    const value = all.reduce((left, place) => redactor.redact(left, place), answer.value);
    return { ...answer, value };
  } catch {
    return { kind: "withheld", reason: "redactor failed" };
  }
}
