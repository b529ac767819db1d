/** Characters by their code: one look instead of a pattern. What is not ASCII is in none. */
export type CharacterSet = Uint8Array;

export const lettersAndDigits: string =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
export const whitespace: string = " \t\n\r\v\f";
export const backslash: number = 92;

export function charactersOf(characters: string): CharacterSet {
  const set = new Uint8Array(128);
  for (const character of characters) set[character.charCodeAt(0)] = 1;
  return set;
}

/** The first place from here on where one of these stands, or the end. */
export function firstOf(
  characters: CharacterSet,
  text: string,
  from: number,
  end: number = text.length,
): number {
  let at = from;
  while (at < end && characters[text.charCodeAt(at)] !== 1) at += 1;
  return at;
}

/** The first place from here on where none of these stands, at most so far away. */
export function behind(characters: CharacterSet, text: string, from: number, most: number): number {
  const last = Math.min(text.length, from + most);
  let at = from;
  while (at < last && characters[text.charCodeAt(at)] === 1) at += 1;
  return at;
}

/** The place up to which, going back from here, only these stand, at most so far away. */
export function before(characters: CharacterSet, text: string, to: number, most: number): number {
  const first = Math.max(0, to - most);
  let at = to;
  while (at > first && characters[text.charCodeAt(at - 1)] === 1) at -= 1;
  return at;
}
