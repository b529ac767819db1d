import type { JsonValue } from "../vocabulary/json.ts";

/** Told of each thing that was replaced, by the name of the rule that asked for it. */
export type NoteReplaced = (rule: string) => void;

/**
 * Runs before the journal. Throwing withholds the value. `profile` names the rules, so that a record can say what it went through. `field` is
 * the place of the value (see `Place`). What a redactor records while it runs is recorded like anything else, but not without end.
 */
export interface Redactor {
  readonly profile: string;
  redact(value: JsonValue, field: string, note?: NoteReplaced): JsonValue;
  /** True: of what stands in this place nothing is kept, whatever it is. */
  withholds?(field: string): boolean;
  /** It changes nothing that it is given, so it may be given what is the application's. Else it is given a copy. */
  readonly pure?: boolean;
}
