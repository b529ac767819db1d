/** Characters by their code: one look instead of a pattern. What is not ASCII is in none. */
export type CharacterSet = Uint8Array;

export const lettersAndDigits: string =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export function charactersOf(characters: string): CharacterSet {
  const set = new Uint8Array(128);
  for (const character of characters) set[character.charCodeAt(0)] = 1;
  return set;
}
