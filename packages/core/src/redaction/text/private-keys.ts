import { type Finding, mostFindings, nothing, type TextRule } from "./text-rule.ts";

const begin = "-----BEGIN ";
const end = "-----END ";
const heading = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
const ending = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
/** What the lines of a key are made of, line ends in JSON included. */
const body = /[A-Za-z0-9+/=\s\\:,.()]*(?:-(?!----)[A-Za-z0-9+/=\s\\:,.()]*)*/y;
const bodyBefore = /[A-Za-z0-9+/=\s\\]/;
const longestKey = 16_384;

/** Private keys in PEM form, also where a cut has taken their beginning or their end. */
export const privateKeys: TextRule = {
  name: "private-key",
  shortest: end.length,
  find(text) {
    if (!text.includes("PRIVATE KEY")) return nothing;
    const found: Finding[] = [];
    let done = 0;
    for (let at = text.indexOf("-----"); at >= 0; at = text.indexOf("-----", at + 1)) {
      if (at < done) continue;
      const finding = text.startsWith(begin, at) ? from(text, at) : until(text, at, done);
      if (!finding) continue;
      found.push(finding);
      done = finding.to;
      if (found.length >= mostFindings) break;
    }
    return found;
  },
};

/** From a heading to its ending; without one, as far as it may be a key. */
function from(text: string, at: number): Finding | null {
  heading.lastIndex = at;
  if (!heading.test(text)) return null;
  body.lastIndex = heading.lastIndex;
  body.test(text);
  const bodyEnd = Math.max(heading.lastIndex, body.lastIndex);
  const to = endingAt(text, bodyEnd) ?? bodyEnd;
  return { from: at, to, rule: "private-key" };
}

/** An ending without a heading, and what before it may be a key. */
function until(text: string, at: number, done: number): Finding | null {
  const to = endingAt(text, at);
  if (to === null) return null;
  const first = Math.max(done, at - longestKey);
  let begins = at;
  while (begins > first && bodyBefore.test(text[begins - 1] ?? "")) begins -= 1;
  return { from: begins, to, rule: "private-key" };
}

function endingAt(text: string, at: number): number | null {
  ending.lastIndex = at;
  return ending.test(text) ? ending.lastIndex : null;
}
