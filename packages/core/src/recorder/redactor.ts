import type { JsonValue } from "../vocabulary/json.ts";

/** Runs before the journal. Throwing withholds the value. `profile` names the rules, so that a record can say what it went through. */
export interface Redactor {
  readonly profile: string;
  redact(value: JsonValue, field: string): JsonValue;
}
