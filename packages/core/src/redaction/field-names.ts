import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { NoteReplaced } from "./redactor.ts";
import type { SecretNames } from "./secret-names.ts";
import type { RedactText } from "./text/redact-text.ts";
import { mayHoldThinking } from "./thinking.ts";

/** What is known of the name of a field. */
export interface FieldName {
  /** What is left of it: names hold secrets, too. */
  readonly left: string;
  /** The rule for what stands under it; null: it does not speak of a secret. */
  readonly rule: string | null;
  readonly mayHoldThinking: boolean;
}

export type ReadFieldName = (name: string, note: NoteReplaced) => FieldName;

const remembered = 2_000;
const longestRemembered = 64;

/** The same names come again and again: what is known of those without a secret in them is remembered, and the others are few. */
export function fieldNames(names: SecretNames, text: RedactText): ReadFieldName {
  const known: BoundedMap<string, FieldName> = new BoundedMap(remembered);
  return (name, note) => {
    const before = known.get(name);
    if (before) return before;
    const left = text(name, note);
    const read = { left, rule: names.ruleOf(left), mayHoldThinking: mayHoldThinking(name) };
    return left === name && name.length <= longestRemembered ? known.set(name, read) : read;
  };
}
