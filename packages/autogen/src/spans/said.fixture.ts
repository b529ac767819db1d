import { hash } from "node:crypto";
import type { JsonValue } from "@spoor/core";

export interface SaidSpan {
  readonly name: string;
  readonly in?: string;
  readonly trace?: string;
  readonly scope?: string;
  readonly kind?: number;
  readonly flags?: number;
  readonly links?: readonly string[];
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly failed?: string;
}

const hexOf = (text: string, digits: number): string => hash("sha256", text).slice(0, digits);
export const spanIdOf = (name: string): string => hexOf(name, 16);
export const traceIdOf = (name: string): string => hexOf(name, 32);

const said = (key: string, value: string | number): JsonValue => ({
  key,
  value: typeof value === "number" ? { intValue: value } : { stringValue: value },
});

/** A line with one span, known by its name. It ends a millisecond after the one before it. */
export function lineOf(span: SaidSpan, index: number): string {
  const { name, scope = "test", kind = 1, flags = 0x100, links = [], attributes = {} } = span;
  const traceId = traceIdOf(span.trace ?? "trace");
  const all = Object.entries({
    ...attributes,
    ...(span.failed === undefined ? {} : { "error.type": span.failed }),
  });
  const wire = {
    traceId,
    spanId: spanIdOf(name),
    name,
    kind,
    flags,
    ...(span.in === undefined ? {} : { parentSpanId: spanIdOf(span.in) }),
    startTimeUnixNano: "1700000000000000000",
    endTimeUnixNano: `17000000000${String(index).padStart(2, "0")}000000`,
    attributes: all.map(([key, value]) => said(key, value)),
    links: links.map((to) => ({ traceId, spanId: spanIdOf(to) })),
    status: span.failed === undefined ? {} : { code: 2 },
  };
  return JSON.stringify({
    resourceSpans: [{ scopeSpans: [{ scope: { name: scope }, spans: [wire] }] }],
  });
}
