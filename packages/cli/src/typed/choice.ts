import { BadInput } from "../bad-input.ts";

/** One of the words that an option takes. Throws `BadInput` that names them all. */
export function oneOf<Word extends string>(
  option: string,
  asked: string,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === asked);
  if (found === undefined)
    throw new BadInput(`${option} is one of ${words.join(", ")}, not ${asked}`);
  return found;
}
