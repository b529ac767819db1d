import type { JsonValue } from "@spoor/core";
import { charactersIn } from "./characters.ts";

/** A recorder keeps head and tail of a value that is longer than it takes, a mebibyte usually: in UTF-8 these are less. */
const mostCharacters = 256_000;

/** How many of the first of these may be told in one value; one in any case. */
export function countFitting(values: readonly JsonValue[]): number {
  let left = mostCharacters;
  const tooMany = values.findIndex((value, at) => {
    left -= charactersIn(value);
    return left < 0 && at > 0;
  });
  return tooMany < 0 ? values.length : tooMany;
}
