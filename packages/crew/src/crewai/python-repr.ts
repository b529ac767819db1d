/** What stands quoted in Python's own notation; the text itself where it is something else. */
export function unquoted(text: string): string {
  const [, uuid] = /^UUID\('([0-9a-fA-F-]{36})'\)$/.exec(text) ?? [];
  if (uuid !== undefined) return uuid;
  const quote = text[0];
  if (text.length < 2 || (quote !== "'" && quote !== '"') || !text.endsWith(quote)) return text;
  return text
    .slice(1, -1)
    .replace(/\\(n|t|r|\\|'|")/g, (_, escaped: string) => escapes[escaped] ?? escaped);
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

const value = String.raw`'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|UUID\('[0-9a-fA-F-]{36}'\)`;

/**
 * The outermost field `name` of an object that was written as `name='…' other=UUID('…')`: the first that stands by itself. Undefined where there is
 * none, or where it is no text.
 */
export function fieldInRepr(repr: string, name: string): string | undefined {
  const [, found] = new RegExp(`(?:^|[ (])${name}=(${value})`).exec(repr) ?? [];
  return found === undefined ? undefined : unquoted(found);
}
