import type { Key } from "@spoor/core";
import { countOf, type Fields, fieldsOf } from "./narrow.ts";

/** What a call used, as far as every witness of it counts alike, and when it was over. */
export interface Counted {
  readonly prompt: number;
  readonly completion: number;
  readonly ms: number | undefined;
}

/** Far above what a call takes, and clocks differ. */
const longestCall = 60 * 60 * 1000;

/** A prompt as messages count it: with what of it came from a cache where the provider counts so, which only the log tells. */
export function readings(fact: Fields): readonly Counted[] {
  const { input, cacheRead, output } = fieldsOf(fact["usage"]);
  const [prompt, cached, completion] = [countOf(input), countOf(cacheRead) ?? 0, countOf(output)];
  if (prompt === undefined || completion === undefined) return [];
  const ms = countOf(fieldsOf(fact["at"])["ms"]);
  return [...new Set([prompt, prompt + cached])].map((of) => ({ prompt: of, completion, ms }));
}

/** A logged call without a response id is named after what it said, and which of its like it is. */
export const isNameless = (key: Key): boolean => /^call:[0-9a-f]{16}:\d+$/.test(key);

/** Calls by what they used. */
export class Pool {
  readonly #counted: Map<string, { readonly key: Key; readonly ms: number | undefined }[]> =
    new Map();
  readonly #uncounted: Set<Key> = new Set();
  readonly #forgotten: Set<Key> = new Set();

  open(key: Key): void {
    this.#uncounted.add(key);
  }

  count(key: Key, { prompt, completion, ms }: Counted): void {
    this.#uncounted.delete(key);
    const figures = `${prompt}/${completion}`;
    const calls = this.#counted.get(figures);
    if (calls) calls.push({ key, ms });
    else this.#counted.set(figures, [{ key, ms }]);
  }

  forget(key: Key): void {
    this.#uncounted.delete(key);
    this.#forgotten.add(key);
  }

  /** Without figures, or without times, nothing tells one from another. `besides`: calls that are known to be others. */
  like(counted: Counted | null, besides: (key: Key) => boolean = () => false): number {
    if (counted === null) return [...this.#uncounted].filter((key) => !besides(key)).length;
    const { prompt, completion, ms } = counted;
    return (this.#counted.get(`${prompt}/${completion}`) ?? []).filter(
      (call) =>
        !this.#forgotten.has(call.key) &&
        !besides(call.key) &&
        (ms === undefined || call.ms === undefined || Math.abs(ms - call.ms) < longestCall),
    ).length;
  }
}
