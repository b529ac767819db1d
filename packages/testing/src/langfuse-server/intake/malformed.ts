import { isRecord, type Loose } from "../loose.ts";

/**
 * Why the server would refuse the whole request: one span without an id, or one list that is none, is enough. Empty: it takes it. Ids are taken as
 * any text or any bytes; whether they are of the right length nobody asks.
 */
export function malformed(resourceSpans: unknown): readonly string[] {
  return listed(resourceSpans).flatMap((resource) => [
    ...notAList(at(resource, "resource")?.["attributes"], "resource.attributes"),
    ...notAList(resource["scopeSpans"], "scopeSpans"),
    ...listed(resource["scopeSpans"]).flatMap(malformedScope),
  ]);
}

function malformedScope(scoped: Loose): readonly string[] {
  return [
    ...notAList(at(scoped, "scope")?.["attributes"], "scope.attributes"),
    ...notAList(scoped["spans"], "spans"),
    ...listed(scoped["spans"]).flatMap(malformedSpan),
  ];
}

function malformedSpan(span: Loose): readonly string[] {
  return [
    ...badId(span["traceId"], "traceId"),
    ...badId(span["spanId"], "spanId"),
    ...(span["parentSpanId"] ? badId(span["parentSpanId"], "parentSpanId") : []),
    ...notAList(span["attributes"], "attributes"),
    ...notAList(span["events"], "events"),
    ...listed(span["events"]).flatMap((event) => notAList(event["attributes"], "event.attributes")),
  ];
}

function badId(id: unknown, name: string): readonly string[] {
  if (id === null || id === undefined) return [`${name} is absent`];
  const bytes = id instanceof Uint8Array || Array.isArray(id);
  return typeof id === "string" || bytes ? [] : [`${name} is no id`];
}

function notAList(value: unknown, name: string): readonly string[] {
  const fine = value === null || value === undefined || Array.isArray(value);
  return fine ? [] : [`${name} is no list`];
}

function listed(value: unknown): readonly Loose[] {
  return Array.isArray(value) ? value.map((item: unknown) => (isRecord(item) ? item : {})) : [];
}

function at(value: Loose, name: string): Loose | null {
  const inner = value[name];
  return isRecord(inner) ? inner : null;
}
