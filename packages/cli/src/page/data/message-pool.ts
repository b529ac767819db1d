import { type ContentReader, type Held, isRecord } from "@spoor/core";
import type { PageMessage, Place } from "../page-data.ts";
import { known } from "./known.ts";
import type { TextPool } from "./text-pool.ts";

/** Messages that contexts name by their place, each kept once. */
export interface MessagePool {
  /**
   * Those of a recorded request, by their references. `turn`: of the call, asked in the order of the calls. What one request says twice was not
   * said at one time, so it has none.
   */
  ofRequest(list: readonly Held[], turn: number | null): readonly Place[];
  add(message: Found): Place;
  messages(): readonly PageMessage[];
}

/** A message, as far as it is known. */
export interface Found {
  readonly text: Place;
  readonly role: string | null;
  readonly span: Place | null;
  readonly turn: number | null;
}

/** More than a page has spans: so that a text and a span together are one number, because a long session asks for millions of them. */
const beyondSpans = 2 ** 24;

export function messagePool(content: ContentReader, texts: TextPool): MessagePool {
  const messages: PageMessage[] = [];
  const byReference = new Map<string, Place>();
  const byRole = new Map<string | null, Map<number, Place>>();
  const saidAgain = new Set<Place>();

  const add = ({ text, role, span, turn }: Found): Place => {
    const sayings = byRole.get(role) ?? new Map<number, Place>();
    byRole.set(role, sayings);
    const saying = text * beyondSpans + (span ?? -1) + 1;
    const place = sayings.get(saying);
    if (place !== undefined) return place;
    const added = messages.push({ text, ...known({ role, span, turn }) }) - 1;
    sayings.set(saying, added);
    return added;
  };

  const ofHeld = (held: Held, turn: number | null): Place => {
    const name = typeof held === "string" ? held : `withheld ${held.withheld}`;
    const place =
      byReference.get(name) ??
      add({ text: texts.ofHeld(held) ?? 0, role: roleOf(held, content), span: null, turn });
    byReference.set(name, place);
    return place;
  };

  return {
    add,
    ofRequest(list, turn) {
      const places = list.map((held) => ofHeld(held, turn));
      const seen = new Set<Place>();
      for (const place of places)
        if (seen.has(place)) saidAgain.add(place);
        else seen.add(place);
      return places;
    },
    messages: () =>
      messages.map(({ turn, ...message }, place) => ({
        ...message,
        ...known({ turn: saidAgain.has(place) ? null : turn }),
      })),
  };
}

function roleOf(held: Held, content: ContentReader): string | null {
  const answer = content.read(held);
  const role = answer.kind === "value" && isRecord(answer.value) ? answer.value["role"] : null;
  return typeof role === "string" ? role : null;
}
