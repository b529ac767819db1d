import type { Journal } from "../journal/journal.ts";
import type { Place } from "../redaction/place.ts";
import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { ContentRef, Held } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import type { ContentText, Redacting } from "./redacting.ts";
import { type ContentName, contentNameUnder } from "./subject-key.ts";

interface Pooled {
  readonly subject: string;
  /** A redactor may treat one value in two ways in two places. */
  readonly place: Place;
  readonly segment: number;
  readonly held: Held;
}

/** What became of values. */
export interface Taken {
  readonly stored: number;
  /** What is remembered of values may then not lie there. */
  readonly lost: number;
}

/** Values in, references out: redact, name, store. */
export class ContentPool {
  readonly #journal: Journal;
  readonly #redacting: Redacting;
  readonly #names: BoundedMap<string, ContentName> = new BoundedMap(1_000);
  readonly #objects: WeakMap<object, Pooled> = new WeakMap();
  /** Instructions, mostly: long, and the same in each call. A weak map cannot hold texts, so only a few are remembered. */
  readonly #texts: BoundedMap<string, Pooled> = new BoundedMap(64);

  #stored = 0;
  #lost = 0;

  constructor(journal: Journal, redacting: Redacting) {
    this.#journal = journal;
    this.#redacting = redacting;
  }

  /** Since it was last asked. */
  taken(): Taken {
    const taken = { stored: this.#stored, lost: this.#lost };
    this.#stored = 0;
    this.#lost = 0;
    return taken;
  }

  hold(subject: string, value: unknown, place: Place): Held {
    const text = this.#redacting.content(value, place);
    return typeof text === "string" ? { withheld: text } : this.#store(subject, text);
  }

  /** For what comes again and is never changed, as messages and instructions of a context do: the same object or text costs a look-up. */
  holdAgain(subject: string, value: unknown, place: Place, segment: number): Held {
    const known = this.#seen(value);
    if (known?.segment === segment && known.subject === subject && known.place === place)
      return known.held;
    const held = this.hold(subject, value, place);
    const pooled = { subject, place, segment, held };
    if (typeof value === "string") this.#texts.set(value, pooled);
    else if (isObject(value)) this.#objects.set(value, pooled);
    return held;
  }

  #seen(value: unknown): Pooled | undefined {
    if (typeof value === "string") return this.#texts.get(value);
    return isObject(value) ? this.#objects.get(value) : undefined;
  }

  /** Without redaction: for what the recorder itself has to say. */
  keep(subject: string, value: JsonValue): ContentRef {
    return this.#store(subject, { json: JSON.stringify(value) });
  }

  #store(subject: string, { json, cutFrom }: ContentText): ContentRef {
    const name =
      this.#names.get(subject) ??
      this.#names.set(subject, contentNameUnder(this.#journal.keyOf(subject)));
    const ref = name(json);
    if (this.#journal.store(subject, ref, json, cutFrom)) this.#stored += 1;
    else this.#lost += 1;
    return ref;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
