import { isMarkerAt } from "../marker.ts";
import type { SecretNames } from "../secret-names.ts";
import { type Extent, valueAt } from "./assigned-value.ts";
import { nameBefore, type NameInText } from "./name-in-text.ts";
import { type Finding, mostFindings, nothing, type TextRule } from "./text-rule.ts";

const flag = /--([A-Za-z][\w-]{1,63})[ \t]+(?=[^\s-])/y;

/**
 * Values that a text itself names as secrets: `KEY=value`, headers, query strings, JSON within the text however often it is escaped, YAML, flags of
 * commands. Goes from each `:`, `=` and `--` to the name before it, because most texts have few of them.
 */
export function namedValues(names: SecretNames): readonly TextRule[] {
  return [assigned(":", names), assigned("=", names), flagged(names)];
}

function assigned(delimiter: string, names: SecretNames): TextRule {
  return {
    name: "named-value",
    shortest: 5,
    marks: delimiter,
    find(text) {
      let at = text.indexOf(delimiter);
      if (at < 0) return nothing;
      const found: Finding[] = [];
      let covered = 0;
      for (; at >= 0 && found.length < mostFindings; at = text.indexOf(delimiter, at + 1)) {
        if (at < covered || isInMarker(text, at)) continue;
        const named = nameBefore(text, at, names);
        const rule = named && names.ruleOf(named.name);
        if (!rule || isMarkerAt(text, named.from - 1)) continue;
        const value = valueAt(text, at, named, rule, names);
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
        const rule = names.ruleOf(flag.exec(text)?.[1] ?? "");
        const value = rule && valueAt(text, flag.lastIndex - 1, flagName, rule, names);
        if (value && !isNothing(text, value)) found.push({ ...value, rule });
      }
      return found;
    },
  };
}

function isNothing(text: string, { from, to }: Extent): boolean {
  return to <= from || isMarkerAt(text, from);
}

/** A flag's value is never the code of a program. */
const flagName: NameInText = { name: "FLAG", from: 0, quoted: false };

/** The colon of `[redacted:…]`: after many secrets there are many. */
function isInMarker(text: string, at: number): boolean {
  return text.charCodeAt(at - 1) === 100 && text.startsWith("[redacted", at - 9);
}
