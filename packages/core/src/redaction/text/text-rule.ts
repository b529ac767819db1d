/** A piece of a text that is not to be kept, and the rule that says so. */
export interface Finding {
  readonly from: number;
  readonly to: number;
  readonly rule: string;
}

/**
 * Finds one kind of secret in a text. It is in the agent's path: it has to say in a microsecond that 4 kB hold none, and to be linear in what
 * anybody may write.
 */
export interface TextRule {
  readonly name: string;
  /** A text of fewer characters cannot hold one. */
  readonly shortest: number;
  find(text: string): readonly Finding[];
  /** In each thing it finds is one of these characters. Absent: it may find anything. */
  readonly marks?: string;
}

/** A rule that has found so much in one text may stop: what lies behind its last finding is then not kept. */
export const mostFindings = 10_000;

export const nothing: readonly Finding[] = [];

/**
 * In JSON within a text, the letter behind a backslash belongs to the backslash: `\nada` is a line feed and `ada`. Gives the place where a word
 * that was read backwards to `from` begins in truth.
 */
export function afterEscape(text: string, from: number): number {
  if (from === 0 || text[from - 1] !== "\\") return from;
  const letter = text[from] ?? "";
  if (letter === "u") return from + 5;
  return "nrtbf".includes(letter) ? from + 1 : from;
}
