import { type CharacterSet, charactersOf, lettersAndDigits } from "../text/character-set.ts";
import {
  afterEscape,
  type Finding,
  mostFindings,
  nothing,
  type TextRule,
} from "../text/text-rule.ts";

const localCharacter: CharacterSet = charactersOf(`${lettersAndDigits}._%+'-`);
const domainCharacter: CharacterSet = charactersOf(`${lettersAndDigits}-`);
const domain =
  /(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9-])/y;
/** `package@1.2.0-rc.one`, `icon@2x.png`. */
const versionOrScale = /\d+(?:\.\d|x\.)/y;
const longestLocal = 64;
const longestLabel = 63;
/** Accounts of machines: `git@github.com:owner/name.git`. */
const machines: ReadonlySet<string> = new Set(["git", "hg", "svn"]);

/** E-mail addresses. */
export const emails: TextRule = {
  name: "email",
  shortest: 6,
  marks: "@",
  find(text) {
    let at = text.indexOf("@");
    if (at < 0) return nothing;
    const found: Finding[] = [];
    for (; at >= 0 && found.length < mostFindings; at = text.indexOf("@", at + 1)) {
      const finding = addressAround(text, at);
      if (finding) found.push(finding);
    }
    return found;
  },
};

function addressAround(text: string, at: number): Finding | null {
  if (!hasDomain(text, at + 1)) return null;
  let from = at;
  const first = Math.max(0, at - longestLocal);
  while (from > first && localCharacter[text.charCodeAt(from - 1)] === 1) from -= 1;
  from = Math.min(afterEscape(text, from), at);
  while (from < at && "'.".includes(text[from] ?? "")) from += 1;
  if (from === at || machines.has(text.slice(from, at))) return null;
  if (isPasswordOfUrl(text, from)) return null;
  versionOrScale.lastIndex = at + 1;
  if (versionOrScale.test(text)) return null;
  domain.lastIndex = at + 1;
  if (!domain.test(text)) return null;
  return { from, to: domain.lastIndex, rule: "email" };
}

/** The first label of one and the point behind it: a cheap look that nearly always settles it. */
function hasDomain(text: string, from: number): boolean {
  let to = from;
  while (to - from < longestLabel && domainCharacter[text.charCodeAt(to)] === 1) to += 1;
  return to > from && text[to] === ".";
}

/** `://user:password@host`: the password is found by another rule, and the host is no secret. */
function isPasswordOfUrl(text: string, from: number): boolean {
  if (text[from - 1] !== ":") return false;
  return /:\/\/[^\s/@]{0,256}$/.test(text.slice(Math.max(0, from - 260), from));
}
