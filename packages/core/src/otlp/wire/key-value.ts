export type AnyValue =
  | { readonly stringValue: string }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly boolValue: boolean }
  | { readonly arrayValue: { readonly values: readonly AnyValue[] } };

export interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}

/** An attribute, or none: what is unknown is absent. */
export type Attribute = readonly [] | readonly [KeyValue];

/** A half surrogate pair would make the whole batch unreadable to a strict reader. */
const stringValue = (value: string): AnyValue => ({ stringValue: value.toWellFormed() });

export function text(key: string, value: string | null): Attribute {
  return value === null ? [] : [{ key, value: stringValue(value) }];
}

/** None for an empty list: nothing was said. */
export function texts(key: string, values: readonly string[]): Attribute {
  return values.length === 0
    ? []
    : [{ key, value: { arrayValue: { values: values.map(stringValue) } } }];
}

/** None for what is no whole number that JSON carries exactly. */
export function integer(key: string, value: number | null): Attribute {
  return value === null || !Number.isSafeInteger(value)
    ? []
    : [{ key, value: { intValue: String(value) } }];
}

export function decimal(key: string, value: number | null): Attribute {
  return value === null || !Number.isFinite(value) ? [] : [{ key, value: { doubleValue: value } }];
}

export function flag(key: string, value: boolean): Attribute {
  return [{ key, value: { boolValue: value } }];
}
