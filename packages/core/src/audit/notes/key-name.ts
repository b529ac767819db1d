/** Whether a text can name a key: something, without Unicode's spaces, control characters or plus. Odd letters are fine. */
export function isKeyName(name: string): boolean {
  return /^[^\p{White_Space}\p{Cc}+]+$/u.test(name) && name.isWellFormed();
}
