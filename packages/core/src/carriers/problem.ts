import type { FieldName } from "./field.ts";

/** What kind of thing went wrong, for code that branches on it. */
export type CarrierFault =
  | "malformed"
  | "zero id"
  | "repeated"
  | "orphaned"
  | "too many"
  | "too long"
  | "not text"
  | "unreadable";

/** Something that was there and was not taken over. Quotes no value: what lies in a header may be personal. */
export interface CarrierProblem {
  /** Null: what was given, as a whole. */
  readonly field: FieldName | null;
  readonly fault: CarrierFault;
  /** The same for people. */
  readonly text: string;
}

/** A value as far as it could be made out, and what stood in the way. */
export interface Reading<Value> {
  readonly value: Value;
  readonly problems: readonly CarrierProblem[];
}
