import type { Journal } from "../journal/journal.ts";
import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { ContentRef, Held } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import type { Redactor } from "./redactor.ts";
import { type ContentName, contentNameUnder } from "./subject-key.ts";

interface Pooled {
  readonly subject: string;
  /** A redactor may treat one value in two ways in two fields. */
  readonly field: string;
  readonly segment: number;
  readonly held: Held;
}

/**
 * Values in, references out: redact, serialise, name, store. Redaction fails closed: a redactor that throws withholds the value, and so does
 * a value of which no JSON text can be made.
 */
export class ContentPool {
  readonly #journal: Journal;
  readonly #redactor: Redactor | null;
  readonly #names: BoundedMap<string, ContentName> = new BoundedMap(1_000);
  readonly #objects: WeakMap<object, Pooled> = new WeakMap();
  /** Instructions, mostly: long, and the same in each call. A weak map cannot hold texts, so only a few are remembered. */
  readonly #texts: BoundedMap<string, Pooled> = new BoundedMap(64);

  /** A value could not be stored: what is remembered here may not lie there. */
  lostSome: boolean = false;

  constructor(journal: Journal, redactor: Redactor | null) {
    this.#journal = journal;
    this.#redactor = redactor;
  }

  hold(subject: string, value: JsonValue, field: string): Held {
    let redacted: JsonValue;
    try {
      redacted = this.#redactor ? this.#redactor.redact(value, field) : value;
    } catch {
      return { withheld: "redactor failed" };
    }
    return this.keep(subject, redacted);
  }

  /** For what comes again and is never changed, as messages and instructions of a context do: the same object or text costs a look-up. */
  holdAgain(subject: string, value: JsonValue, field: string, segment: number): Held {
    const known = this.#seen(value);
    if (known?.segment === segment && known.subject === subject && known.field === field)
      return known.held;
    const held = this.hold(subject, value, field);
    const pooled = { subject, field, segment, held };
    if (typeof value === "string") this.#texts.set(value, pooled);
    else if (isObject(value)) this.#objects.set(value, pooled);
    return held;
  }

  #seen(value: JsonValue): Pooled | undefined {
    if (typeof value === "string") return this.#texts.get(value);
    return isObject(value) ? this.#objects.get(value) : undefined;
  }

  /** Without redaction: for what the recorder itself has to say. */
  keep(subject: string, value: JsonValue): Held {
    const json = textOf(value);
    if (json === null) return { withheld: "unserialisable" };
    return this.#store(subject, json);
  }

  #store(subject: string, json: string): ContentRef {
    const name =
      this.#names.get(subject) ??
      this.#names.set(subject, contentNameUnder(this.#journal.keyOf(subject)));
    const ref = name(json);
    if (!this.#journal.store(subject, ref, json)) this.lostSome = true;
    return ref;
  }
}

/** Whatever a caller passed for JSON; null where there is no text of it (a cycle, a bigint, a function, a getter that throws). */
function textOf(value: JsonValue): string | null {
  try {
    const json: string | undefined = JSON.stringify(value);
    return json ?? null;
  } catch {
    return null;
  }
}

function isObject(value: JsonValue): value is Exclude<JsonValue, null | boolean | number | string> {
  return typeof value === "object" && value !== null;
}
