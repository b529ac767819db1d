import { createHash, createHmac } from "node:crypto";
import type { JsonValue } from "../vocabulary/json.ts";
import type { Place } from "./place.ts";
import type { NameRules } from "./secret-names.ts";

/** What finds secrets in texts. `named-value`: what a text itself names as a secret, as in `PASSWORD=…`. */
export type PatternName =
  | "private-key"
  | "vendor-key"
  | "named-value"
  | "url-password"
  | "email"
  | "card";

/** A pattern of your own. */
export interface OwnPattern {
  /** Stands in the place of what was found: lower-case letters, digits and hyphens. */
  readonly name: string;
  /** Each match is replaced. It runs in the agent's path: see that it cannot backtrack without end. */
  readonly find: RegExp;
  /** A text that contains none of this is not searched. */
  readonly gate?: string;
}

/** What becomes of one place: it is left as it is, not kept at all, or what your function makes of it. */
export type FieldRule = "keep" | "withhold" | ((value: JsonValue) => JsonValue);

/** Kinds of content that can be switched off: a place, all that a model was sent, or what a model thinks. */
export type Withholdable = Exclude<Place, "name"> | "context" | "thinking";

/** All optional, and all on top of the defaults. */
export interface RedactionRules {
  readonly names?: NameRules;
  readonly patterns?: {
    readonly add?: readonly OwnPattern[];
    readonly without?: readonly PatternName[];
  };
  readonly fields?: Readonly<Partial<Record<Place, FieldRule>>>;
  /** Content that is not kept. Default: `["thinking"]`; with a list of your own, only what is in it. */
  readonly withhold?: readonly Withholdable[];
  /** The same e-mail address, card, … becomes the same `[email:3f9a2c5d10b7]` under the same key, which has 16 bytes or more. */
  readonly pseudonyms?: { readonly key: string | Uint8Array };
}

const defaultProfile = "spoor-default/1";

/** The default's name alone, or with it a short hash of the rules on top of it. The key of pseudonyms is in it, but cannot be found from it. */
export function profileOf(rules: RedactionRules): string {
  const { pseudonyms, ...spoken } = rules;
  const text = JSON.stringify(inOrder(spoken));
  if (text === "{}" && !pseudonyms) return defaultProfile;
  const hash = pseudonyms ? createHmac("sha256", pseudonyms.key) : createHash("sha256");
  return `${defaultProfile}+${hash.update(text).digest("hex").slice(0, 8)}`;
}

/** The same rules give the same text, however their fields are ordered. Functions and patterns count by their source. */
function inOrder(value: unknown): unknown {
  if (typeof value === "function" || value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, member]) => [name, inOrder(member)]),
  );
}
