import { isMarker } from "../marker.ts";
import type { OwnPattern } from "../rules.ts";
import { type Finding, mostFindings, nothing, type TextRule } from "../text/text-rule.ts";

const wellNamed = /^[a-z0-9-]{1,40}$/;

/** Throws where the name could not stand in the place of what is found. */
export function ownPattern({ name, find, gate }: OwnPattern): TextRule {
  if (!wellNamed.test(name))
    throw new TypeError(
      `expected a pattern's name of lower-case letters, digits and hyphens, received ${JSON.stringify(name)}`,
    );
  const pattern = new RegExp(find.source, `${find.flags.replaceAll(/[gy]/g, "")}g`);
  return {
    name,
    shortest: 1,
    find(text) {
      if (gate !== undefined && !text.includes(gate)) return nothing;
      const found: Finding[] = [];
      for (const { 0: match, index } of text.matchAll(pattern)) {
        if (match === "" || isMarker(match)) continue;
        found.push({ from: index, to: index + match.length, rule: name });
        if (found.length >= mostFindings) break;
      }
      return found;
    },
  };
}
