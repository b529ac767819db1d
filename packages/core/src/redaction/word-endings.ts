const tableSize = 4_096;

/**
 * Tells whether what ends at a place of a text may be one of these words, in any case and number, by its last three letters: nine names in ten
 * need not be read. Says yes too often, never no too often.
 */
export function wordEndings(words: readonly string[]): (text: string, to: number) => boolean {
  const table = new Uint8Array(tableSize);
  const anyWord = words.some((word) => !/[a-z]{3}$/.test(word));
  for (const word of words) table[lastThree(word, word.length)] = 1;
  return (text, to) => {
    if (anyWord) return true;
    let end = to;
    while (to - end < 8 && isDigit(text.charCodeAt(end - 1))) end -= 1;
    if (end < 3) return false;
    if (table[lastThree(text, end)] === 1) return true;
    return isPlural(text.charCodeAt(end - 1)) && table[lastThree(text, end - 1)] === 1;
  };
}

/** Letters that differ in case alone are one. */
function lastThree(text: string, end: number): number {
  const last = text.charCodeAt(end - 1) | 32;
  const second = text.charCodeAt(end - 2) | 32;
  const third = text.charCodeAt(end - 3) | 32;
  return (last * 961 + second * 31 + third) % tableSize;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isPlural = (code: number): boolean => (code | 32) === 115;
