import type { AnyValue, KeyValue } from "../wire/key-value.ts";
import type { OtlpSpan, TracesRequest } from "../wire/otlp.ts";

/** A request as a test likes to compare it: attributes by name, plain values. */
export type ReadAttributes = Readonly<Record<string, unknown>>;

export function spansIn(request: TracesRequest): readonly OtlpSpan[] {
  return request.resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans),
  );
}

export function attributesIn(attributes: readonly KeyValue[]): ReadAttributes {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, valueIn(value)]));
}

function valueIn(value: AnyValue): unknown {
  if ("stringValue" in value) return value.stringValue;
  if ("intValue" in value) return BigInt(value.intValue);
  if ("doubleValue" in value) return value.doubleValue;
  if ("boolValue" in value) return value.boolValue;
  return value.arrayValue.values.map(valueIn);
}
