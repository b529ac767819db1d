import type { Replacement } from "../marker.ts";
import { BoundedMap } from "../../vocabulary/bounded-map.ts";
import type { NoteReplaced } from "../redactor.ts";
import { type Finding, mostFindings, nothing, type TextRule } from "./text-rule.ts";
import { rulesByMarks } from "./rules-by-marks.ts";

export type RedactText = (text: string, note: NoteReplaced) => string;

/** What is replaced may leave a neighbour that is found only then; twice has always been enough. */
const mostRounds = 4;

/** A shorter text is looked through as fast as it is found again. */
const shortestRemembered = 64;
const longestRemembered = 8_192;
const remembered = 128;

/**
 * Gives the same text back where nothing is found, which is nearly always. The same text comes several times in a row, as a tool's answer, in the
 * state of a graph, in the context of the next call: what was found to hold nothing is not looked through again.
 */
export function textRedactor(rules: readonly TextRule[], replacement: Replacement): RedactText {
  const rulesFor = rulesByMarks(rules);
  const clean: BoundedMap<string, true> = new BoundedMap(remembered);
  return (given, note) => {
    const { length } = given;
    const isRemembered = length >= shortestRemembered && length <= longestRemembered;
    if (isRemembered && clean.has(given)) return given;
    let text = given;
    for (let round = 0; round < mostRounds; round += 1) {
      const found = findingsIn(text, rulesFor(text));
      if (found.length === 0) {
        if (round === 0 && isRemembered) clean.set(text, true);
        return text;
      }
      text = replaced(text, found, replacement, note);
    }
    return text;
  };
}

function findingsIn(text: string, rules: readonly TextRule[]): readonly Finding[] {
  let found: readonly Finding[] = nothing;
  for (const rule of rules) {
    if (text.length < rule.shortest) continue;
    const more = rule.find(text);
    if (more.length > 0) found = found.length === 0 ? more : found.concat(more);
    if (more.length >= mostFindings) found = found.concat(restBehind(more, text));
  }
  return found;
}

/** A dump of secrets ends where the agent would begin to wait for it. */
function restBehind(found: readonly Finding[], text: string): readonly Finding[] {
  const from = found.at(-1)?.to ?? 0;
  return from < text.length ? [{ from, to: text.length, rule: "rest" }] : nothing;
}

/** Findings that overlap are one, by the name of the one that begins first. */
function replaced(
  text: string,
  found: readonly Finding[],
  replacement: Replacement,
  note: NoteReplaced,
): string {
  const inOrder = found.toSorted((left, right) => left.from - right.from || right.to - left.to);
  const parts: string[] = [];
  let done = 0;
  for (let index = 0; index < inOrder.length;) {
    const { from, rule, to: end } = inOrder[index] as Finding;
    let to = end;
    for (index += 1; index < inOrder.length; index += 1) {
      const next = inOrder[index] as Finding;
      if (next.from >= to) break;
      to = Math.max(to, next.to);
    }
    note(rule);
    parts.push(text.slice(done, from), replacement(rule, text.slice(from, to)));
    done = to;
  }
  parts.push(text.slice(done));
  return parts.join("");
}
