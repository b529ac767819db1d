/** What is enough to tell code from a value. A longer look would be taken again at each name that stands within it. */
export const mostToJudge: number = 200;

/** What stands behind a `:` or `=` in a program and is no text: types, literals, calls, members, names of variables. */
const word =
  /^(?:string|str|number|int|integer|float|bool|boolean|bytes|null|nil|none|undefined|true|false|any|unknown|never|void|object|optional|required|readonly|await|async|function|typeof|new|self|this|return|import|lambda)(?![\w-])/i;
const expression = /^(?:\$[A-Za-z_{(]|[<{[(=!]|[A-Za-z_$]\w*(?:\?\.|\.[A-Za-z_$]|::|->|[([]))/;
/** A pattern, a comment. */
const slashed = /^\/(?:\*|\/|.+\/[dgimsuvy]{0,8}[,;)\]]*$|[^/]*[\^$\\[(])/;
const placeholder =
  /^(?:(?:bearer|basic|token)\s+)?(?:\$\{[^}]*\}|\$\(.*\)|\{\{.*\}\}|<.*>|\*+|%[sdo@]|%\d)$/i;
const camelCase = /[a-z][A-Z]|^[A-Z][a-z]+[A-Z]/;
const shortened = /^[A-Za-z_$]\d?$/;
const lettersOnly = /^[A-Za-z_$]+$/;
const substitution = /\$[A-Za-z_{(]/y;

/** Of what is said at most `mostToJudge` characters. */
export function isCode(said: string): boolean {
  return word.test(said) || expression.test(said) || slashed.test(said) || placeholder.test(said);
}

/** Stands for a value that is put in elsewhere: `${PASSWORD}`, `<token>`, `****`. */
export function isPlaceholder(said: string): boolean {
  return said.length <= 100 && placeholder.test(said);
}

/** Another value is put in its place, whatever it goes on with: `$PASSWORD`, `$(pass show …)`. */
export function isSubstitutionAt(text: string, at: number): boolean {
  substitution.lastIndex = at;
  return substitution.test(text);
}

/** As the variables of programs are called: `dbPassword`, and `e` where a tool has shortened it. */
export function isVariable(said: string): boolean {
  return shortened.test(said) || (isOnlyLetters(said) && camelCase.test(said));
}

export function isOnlyLetters(said: string): boolean {
  return said.length < mostToJudge && lettersOnly.test(said);
}
