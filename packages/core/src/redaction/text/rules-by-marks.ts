import type { TextRule } from "./text-rule.ts";

/** In JSON most texts are shorter. In a longer one each rule is faster by itself. */
const longestShort = 48;
/** As many bits as a small integer has to spare. */
const mostMarked = 24;

/**
 * The rules that may find something in a text. A short one is looked at once for all of them: where it has none of the characters that a rule
 * needs, the rule need not ask.
 */
export function rulesByMarks(rules: readonly TextRule[]): (text: string) => readonly TextRule[] {
  const marked = rules.filter(({ marks }) => marks !== undefined).slice(0, mostMarked);
  const marks = new Int32Array(128);
  for (const [bit, rule] of marked.entries())
    for (const character of rule.marks ?? "") {
      const code = character.charCodeAt(0);
      marks[code] = (marks[code] ?? 0) | (1 << bit);
    }
  const known = new Map<number, readonly TextRule[]>();
  const rulesOf = (seen: number): readonly TextRule[] =>
    rules.filter((rule) => {
      const bit = marked.indexOf(rule);
      return bit < 0 || (seen & (1 << bit)) !== 0;
    });
  return (text) => {
    if (text.length > longestShort) return rules;
    let seen = 0;
    for (let at = 0; at < text.length; at += 1) seen |= marks[text.charCodeAt(at)] ?? 0;
    let found = known.get(seen);
    if (!found) known.set(seen, (found = rulesOf(seen)));
    return found;
  };
}
