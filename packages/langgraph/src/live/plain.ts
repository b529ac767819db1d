const uuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;
const hash = /\b[0-9a-f]{32}\b/g;
const elapsed = /elapsed: [\d.]+/g;

/** What an application got, as text without what is another each time: ids and times. */
export function plain(answer: unknown): string {
  const text = JSON.stringify(answer) ?? "nothing";
  return text.replaceAll(uuid, "UUID").replaceAll(hash, "HASH").replaceAll(elapsed, "elapsed: N");
}

/** Without times, and with ids counted in the order of their appearance: equal ones stay equal, different ones different. */
export function countedIds<Value>(value: Value): Value {
  const seen = new Map<string, string>();
  const counted = (id: string): string => {
    const known = seen.get(id) ?? `id-${seen.size + 1}`;
    seen.set(id, known);
    return known;
  };
  const said = (text: string): string =>
    text.replaceAll(uuid, counted).replaceAll(hash, counted).replaceAll(elapsed, "elapsed: N");
  const text = JSON.stringify(value, (name, held: unknown) => {
    if (unshown.has(name) || isEventId(name, held)) return held;
    return typeof held === "string" ? said(held) : withNames(held, said);
  });
  return JSON.parse(text);
}

/** Answers to interrupts are named by ids. */
function withNames(value: unknown, said: (name: string) => string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [said(name), held]));
}

const isEventId = (name: string, held: unknown): boolean =>
  name === "id" && typeof held === "string" && /^[0-9a-f]{32}$/.test(held);

/** What ties a report together. Counting it would make the numbers of what is shown jump. */
const unshown: ReadonlySet<string> = new Set([
  "spanId",
  "parentSpanId",
  "traceId",
  "turnId",
  "causedBy",
  "contextHash",
  "key",
]);
