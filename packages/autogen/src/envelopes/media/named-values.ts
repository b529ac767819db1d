import type { FieldName, Fields, Medium } from "@spoor/core";

type Values = Readonly<Record<string, unknown>>;

/** How one kind of record spells a field and wraps its text. */
interface Spelling {
  readonly nameOf: (field: FieldName) => string;
  readonly unwrap?: (value: unknown) => unknown;
  readonly wrap?: (text: string) => unknown;
}

const fieldNames: readonly FieldName[] = ["traceparent", "tracestate", "baggage"];

/** Names in any spelling are found, and replaced by one in lower case. */
export function namedValues(given: Values, spelling: Spelling): Medium<Record<string, unknown>> {
  const { nameOf, unwrap = (value) => value, wrap = (text) => text } = spelling;
  const spells = (field: FieldName, name: string): boolean =>
    name.toLowerCase() === nameOf(field).toLowerCase();
  return {
    given,
    valuesOf: (field) =>
      Object.entries(given)
        .filter(([name]) => spells(field, name))
        .map(([, value]) => unwrap(value)),
    filledWith: (fields: Fields) => {
      const said = fieldNames.filter((field) => fields[field] !== undefined);
      const kept = Object.entries(given).filter(
        ([name]) => !said.some((field) => spells(field, name)),
      );
      const added = said.flatMap((field): [string, unknown][] => {
        const text = fields[field];
        return typeof text === "string" ? [[nameOf(field), wrap(text)]] : [];
      });
      return Object.fromEntries([...kept, ...added]);
    },
  };
}
