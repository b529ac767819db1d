import { Buffer } from "node:buffer";
import type { Place } from "../redaction/place.ts";
import type { Redactor } from "../redaction/redactor.ts";
import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { WithheldReason } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import { cutWithMargins, jsonWithin, withoutMargins } from "./cut-text.ts";
import { ListedNames } from "./listed-names.ts";
import { type Plain, plainValue } from "./plain-value.ts";
import { charactersOfPlain } from "./plainness.ts";

/** What redaction has done since the recorder was made. */
export interface RedactionReport {
  /** The rules in force; null: what is said is written as it is. */
  readonly profile: string | null;
  /** How many values and names were replaced, by rule. */
  readonly replaced: Readonly<Record<string, number>>;
  /** Values that were not kept: by policy, because the redactor failed, or because there is no JSON of what it gave. */
  readonly withheld: number;
  /** Values of which only head and tail were kept. */
  readonly cut: number;
}

/** What may be stored of a value. `cutFrom`: it is head and tail of one of so many bytes. */
export interface ContentText {
  readonly json: string;
  readonly cutFrom?: number;
}

const mostRules = 200;
/** Once has nearly always been enough. */
const mostRounds = 4;
const longestProfile = 200;
const rememberedNames = 1_000;
/** A name is cut to far less, and then nothing of a secret that this cut splits is left. */
const longestName = 4_400;

/** plain → redact → cut: what stands between a draft and the journal. Fails closed. */
export class Redacting {
  readonly #redactor: Redactor | null;
  readonly #mostBytes: number;
  readonly #replaced: Map<string, number> = new Map();
  readonly #names: BoundedMap<string, string> = new BoundedMap(rememberedNames);
  #withheld = 0;
  #cut = 0;

  constructor(redactor: Redactor | null, mostBytes: number) {
    this.#redactor = redactor;
    this.#mostBytes = mostBytes;
  }

  get profile(): string | null {
    const profile = this.#redactor?.profile;
    return typeof profile === "string" ? profile.slice(0, longestProfile) : null;
  }

  report(): RedactionReport {
    return {
      profile: this.profile,
      replaced: Object.fromEntries(this.#replaced),
      withheld: this.#withheld,
      cut: this.#cut,
    };
  }

  content(value: unknown, place: Place): ContentText | WithheldReason {
    const text = this.#settledContentOf(value, place);
    if (typeof text === "string") this.#withheld += 1;
    else if (text.cutFrom !== undefined) this.#cut += 1;
    return text;
  }

  #settledContentOf(value: unknown, place: Place): ContentText | WithheldReason {
    const text = this.#contentOf(value, place);
    try {
      return typeof text === "string" ? text : this.#settled(text, place);
    } catch {
      return "redactor failed";
    }
  }

  /** A free text of an entry. Names come again and again, so it is mostly a look-up. */
  readonly name = (given: string): string => {
    if (!this.#redactor) return given;
    const name = given.length > longestName ? given.slice(0, longestName) : given;
    return this.#names.get(name) ?? this.#names.set(name, this.#redactedName(name, this.#redactor));
  };

  #redactedName(name: string, redactor: Redactor): string {
    try {
      if (redactor.withholds?.("name") === true) return "[withheld:name]";
      const left: unknown = redactor.redact(name, "name", this.#note);
      if (typeof left === "string") return left;
    } catch {
      this.#withheld += 1;
    }
    return "[withheld: redactor failed]";
  }

  #contentOf(given: unknown, place: Place): ContentText | WithheldReason {
    const redactor = this.#redactor;
    try {
      if (redactor?.withholds?.(place) === true) return "policy";
    } catch {
      return "redactor failed";
    }
    const { value, characters } = plainOf(given);
    if (characters > this.#mostBytes) return this.#long(value, place);
    if (!redactor) return this.#fitting(value, textOf(value));
    try {
      const left = redactor.redact(redactor.pure ? value : copyOf(value), place, this.#note);
      return this.#fitting(left, textOf(left));
    } catch {
      return "redactor failed";
    }
  }

  /** Cut twice: before redaction, so that it ends, and behind it, so that nothing is left of what the first cut split. */
  #long(value: JsonValue, place: Place): ContentText | WithheldReason {
    const cut = cutWithMargins(value, this.#mostBytes);
    try {
      const left = this.#redactor ? this.#redactor.redact(cut.value, place, this.#note) : cut.value;
      const looked = textOf(left);
      if (looked === undefined) return "unserialisable";
      const kept = withoutMargins(left);
      const json = textOf(kept) ?? "";
      const margins = Math.max(0, Buffer.byteLength(looked) - Buffer.byteLength(json));
      return this.#fitting(kept, json, cut.bytes + margins);
    } catch {
      return "redactor failed";
    }
  }

  /** What a cut leaves may read like a secret, as half of `[redacted:token]` does behind `token:`. Who looks at it again shall find nothing. */
  #settled(cut: ContentText, place: Place): ContentText {
    const redactor = this.#redactor;
    if (cut.cutFrom === undefined || !redactor?.pure) return cut;
    let { json } = cut;
    for (let round = 0; round < mostRounds; round += 1) {
      const left = redactor.redact(JSON.parse(json) as JsonValue, place);
      const again = JSON.stringify(left);
      if (again === json) break;
      json = this.#isTooLong(again) ? jsonWithin(left, again, this.#mostBytes) : again;
    }
    return { ...cut, json };
  }

  #fitting(
    value: JsonValue,
    json: string | undefined,
    bytesGone: number = 0,
  ): ContentText | WithheldReason {
    if (json === undefined) return "unserialisable";
    const isTooLong = this.#isTooLong(json);
    if (!isTooLong && bytesGone === 0) return { json };
    const cutFrom = Buffer.byteLength(json) + bytesGone;
    return { json: isTooLong ? jsonWithin(value, json, this.#mostBytes) : json, cutFrom };
  }

  #isTooLong(json: string): boolean {
    return json.length > this.#mostBytes / 3 && Buffer.byteLength(json) > this.#mostBytes;
  }

  readonly #note = (rule: string): void => {
    const count = this.#replaced.get(rule);
    if (count !== undefined || this.#replaced.size < mostRules)
      this.#replaced.set(rule, (count ?? 0) + 1);
  };
}

/** What is plain already is not copied. */
function plainOf(given: unknown): Plain {
  const listed = new ListedNames();
  const characters = charactersIfPlain(given, listed);
  return characters === null
    ? plainValue(given, listed)
    : { value: given as JsonValue, characters };
}

function charactersIfPlain(value: unknown, listed: ListedNames): number | null {
  try {
    return value === undefined ? null : charactersOfPlain(value, listed);
  } catch {
    return null;
  }
}

/** What a redactor may do with as it likes. */
function copyOf(value: JsonValue): JsonValue {
  return typeof value === "string" ? value : (JSON.parse(JSON.stringify(value)) as JsonValue);
}

/** What a redactor gave back may be anything. */
function textOf(value: JsonValue): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
