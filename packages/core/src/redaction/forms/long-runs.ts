import { type CharacterSet, charactersOf, lettersAndDigits } from "../text/character-set.ts";

const isKeyCharacter: CharacterSet = charactersOf(`${lettersAndDigits}_-`);

/**
 * Visits each unbroken run of letters, digits, `_` and `-` that is at least so long, as machine-made keys are and words are not. Looks at every
 * n-th character and back from there, so prose costs a quarter of a look a character.
 */
export function eachLongRun(
  text: string,
  shortest: number,
  visit: (from: number, to: number) => void,
): void {
  const { length } = text;
  let from = 0;
  while (from + shortest <= length) {
    let at = from + shortest - 1;
    while (at >= from && isKeyCharacter[text.charCodeAt(at)] === 1) at -= 1;
    if (at >= from) {
      from = at + 1;
      continue;
    }
    let to = from + shortest;
    while (to < length && isKeyCharacter[text.charCodeAt(to)] === 1) to += 1;
    visit(from, to);
    from = to + 1;
  }
}
