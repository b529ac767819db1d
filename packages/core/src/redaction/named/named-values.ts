import { isMarkerAt } from "../marker.ts";
import type { SecretNames } from "../secret-names.ts";
import { type Finding, mostFindings, nothing, type TextRule } from "../text/text-rule.ts";
import { type Assignment, valueOf } from "./assigned-value.ts";
import { nameBefore, type NameInText } from "./name-in-text.ts";
import type { Extent } from "./value-extent.ts";

const flag =
  /--([A-Za-z][\w-]{1,63})(?:[ \t]{1,16}|\\{0,63}["'],[ \t]{0,4}\s?[ \t]{0,64}(?=\\{0,63}["']))(?=[^\s-])/y;
/** `"name": "Authorization", ` and what else such a field is called. */
const otherHalf =
  /(?:name|key)\\{0,63}["']?[ \t]{0,4}[:=][ \t]{0,4}\\{0,63}["']?([\w.-]{1,64})\\{0,63}["']?,?(?:\s|\\[rn]){0,64}\\{0,63}["']?$/i;
const longestHalf = 240;

/**
 * Values that a text itself names as secrets: `KEY=value`, headers, query strings, JSON within the text however often it is escaped, YAML, flags of
 * commands. Goes from each `:`, `=` and `--` to the name before it, because most texts have few of them.
 */
export function namedValues(names: SecretNames): readonly TextRule[] {
  return [assigned(":", names), assigned("=", names), flagged(names)];
}

function assigned(operator: ":" | "=", names: SecretNames): TextRule {
  return {
    name: "named-value",
    shortest: 5,
    marks: operator,
    find(text) {
      let at = text.indexOf(operator);
      if (at < 0) return nothing;
      const found: Finding[] = [];
      let covered = 0;
      for (; at >= 0 && found.length < mostFindings; at = text.indexOf(operator, at + 1)) {
        if (at < covered || isInMarker(text, at)) continue;
        const named = nameBefore(text, at, names);
        const rule = named && (names.ruleOf(named.name) ?? ruleOfPair(text, named, names));
        if (!rule || isMarkerAt(text, named.from - 1)) continue;
        const from = behindOperator(text, at, named);
        if (from === null) continue;
        const value = valueOf(text, { named, rule, operator, from }, names);
        if (!value || isNothing(text, value)) continue;
        covered = value.to;
        found.push({ ...value, rule });
      }
      return found;
    },
  };
}

function flagged(names: SecretNames): TextRule {
  return {
    name: "named-value",
    shortest: 5,
    marks: "-",
    find(text) {
      let at = text.indexOf("--");
      if (at < 0) return nothing;
      const found: Finding[] = [];
      for (; at >= 0 && found.length < mostFindings; at = text.indexOf("--", at + 2)) {
        flag.lastIndex = at;
        const name = flag.exec(text)?.[1] ?? "";
        const rule = names.ruleOf(name);
        if (rule === null) continue;
        const named: NameInText = { name, from: at + 2, to: at + 2 + name.length, quote: null };
        const given: Assignment = { named, rule, operator: " ", from: flag.lastIndex };
        const value = valueOf(text, given, names);
        if (value && !isNothing(text, value)) found.push({ ...value, rule });
      }
      return found;
    },
  };
}

/** `{ "name": "Authorization", "value": …`: the other half says what it is the value of. */
function ruleOfPair(text: string, { name, from }: NameInText, names: SecretNames): string | null {
  if (name !== "value" && name !== "Value") return null;
  const half = otherHalf.exec(text.slice(Math.max(0, from - longestHalf), from));
  return names.ruleOf(half?.[1] ?? "");
}

/** Where a value may begin; null: it is a comparison, an arrow, a scope or a URL. */
function behindOperator(text: string, at: number, named: NameInText): number | null {
  const [operator, next] = [text[at], text[at + 1]];
  if (next === "=") return operator === ":" ? at + 2 : null;
  // Of a hash in PHP and Ruby.
  if (next === ">")
    return operator === "=" && (named.quote || text[named.from - 1] === ":") ? at + 2 : null;
  if (next === ":" && operator === ":") return null;
  return text.startsWith("//", at + 1) ? null : at + 1;
}

function isNothing(text: string, { from, to }: Extent): boolean {
  return to <= from || isMarkerAt(text, from);
}

/** The colon of `[redacted:…]`: after many secrets there are many. */
function isInMarker(text: string, at: number): boolean {
  return text.charCodeAt(at - 1) === 100 && text.startsWith("[redacted", at - 9);
}
