/** What W3C calls its three headers. */
export const fieldNames = ["traceparent", "tracestate", "baggage"] as const;
export type FieldName = (typeof fieldNames)[number];

/** What is to lie in a medium. Null: nothing under this name; absent: what lies there stays. */
export type Fields = { readonly [Name in FieldName]?: string | null };

/** Header names are case-insensitive, and what other code wrote into a plain object kept its own spelling. */
export function spells(field: FieldName): (name: unknown) => name is string {
  return (name): name is string => typeof name === "string" && name.toLowerCase() === field;
}
