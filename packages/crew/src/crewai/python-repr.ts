/** What stands quoted in Python's own notation; the text itself where it is something else. */
export function unquoted(text: string): string {
  const [, id] = /^UUID\('([0-9a-fA-F-]{36})'\)$/.exec(text) ?? [];
  if (id !== undefined) return id;
  const quote = text[0];
  if (text.length < 2 || (quote !== "'" && quote !== '"') || !text.endsWith(quote)) return text;
  return text
    .slice(1, -1)
    .replace(/\\(n|t|r|\\|'|")/g, (_, escaped: string) => escapes[escaped] ?? escaped);
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

const uuid = String.raw`UUID\('[0-9a-fA-F-]{36}'\)`;

/**
 * The outermost field `name` of an object that was written as `name='…' other=UUID('…')`: the first that stands by itself, and not in a text. Undefined where
 * there is none, or where it is no text.
 */
export function fieldInRepr(repr: string, name: string): string | undefined {
  const fieldOrText = new RegExp(`(?:^|[ (])${name}=(?=['"]|${uuid})|(?<=[=[({ :])['"]`, "g");
  for (let found = fieldOrText.exec(repr); found; found = fieldOrText.exec(repr)) {
    const isText = found[0] === "'" || found[0] === '"';
    const start = isText ? found.index : fieldOrText.lastIndex;
    const end = repr[start] === "U" ? repr.indexOf(")", start) : closingQuote(repr, start);
    if (end >= 0 && !isText) return unquoted(repr.slice(start, end + 1));
    if (end >= 0) fieldOrText.lastIndex = end + 1;
  }
  return undefined;
}

/** Where the text that is quoted from there on ends; -1 where it does not. No pattern may look for that: it would remember every character on its way. */
function closingQuote(repr: string, start: number): number {
  const quote = repr.charAt(start);
  for (let at = start + 1; at < repr.length; at += 1) {
    if (repr[at] === "\\") at += 1;
    else if (repr[at] === quote) return at;
  }
  return -1;
}
