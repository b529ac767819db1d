/** The next name each time it is asked, the same in every run: `key 1`, `key 2` … for the `newKey` of an observer. */
export function countingIds(prefix: string = "key"): () => string {
  let count = 0;
  return () => `${prefix} ${(count += 1)}`;
}
