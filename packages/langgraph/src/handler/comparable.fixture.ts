/** What is new with every run, and the handlers that the caller passed himself. */
const own: ReadonlySet<string> = new Set([
  "callbacks",
  "nodeFirstAttemptTime",
  "start_time",
  "end_time",
  "dotted_order",
  "time",
]);
const ids = /[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}/g;
const times = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** What was seen of a run, in a form that is the same for another run that went alike: ids are numbered as they come, times are none. */
export function comparable(seen: unknown): string {
  const numbers = new Map<string, number>();
  const text = JSON.stringify(seen, (name, value: unknown) => (own.has(name) ? undefined : value));
  return text
    .replaceAll(ids, (id) => {
      numbers.set(id, numbers.get(id) ?? numbers.size);
      return `id ${numbers.get(id)}`;
    })
    .replaceAll(times, "a time");
}
