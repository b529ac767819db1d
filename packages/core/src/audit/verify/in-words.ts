/** A number with its noun. */
export function count(number: number, noun: string): string {
  const text = number.toLocaleString("en");
  if (number === 1) return `${text} ${noun}`;
  if (noun.endsWith("y")) return `${text} ${noun.slice(0, -1)}ies`;
  return `${text} ${noun}${noun.endsWith("sh") ? "es" : "s"}`;
}

/** Milliseconds since the epoch, for people. What comes from outside may be no time of any calendar. */
export function moment(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? `${ms} ms since 1970` : date.toISOString();
}
