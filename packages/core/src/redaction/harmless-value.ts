import type { SecretNames } from "./secret-names.ts";

const longestHarmless = 64;
/** `^1.2.0`: a package may be called `cookie`. */
const version = /^(?:[\^~]|[<>]=?\s?)?\d{1,5}\.\d{1,5}\.\d{1,5}(?:-[a-z0-9.]{1,20})?$/;
/** `12,345`, `1.2M`. */
const count = /^\d[\d.,]{0,14}[kKMB]?$/;
const code = /^\d{6,}$/;
/** A word or a piece of one, of which model providers tell the probability, or a sign that a parser did not expect. */
const piece = /^(?:\D|[^\d@:=-]{1,7})$/;
const oneWord = /^[\w.-]+$/;
const lettersOnly = /^[A-Za-z]+$/;
const workingFolder = /^\W*pwd$/i;
const path = /^(?:[/~.]|[A-Za-z]:[\\/])/;
const modes: ReadonlySet<string> = new Set(["include", "omit", "same-origin"]);

/**
 * A text under the name of a secret that is none: what a fetch does with credentials, how many tokens there were, where a shell stands. Nearly
 * anything may be a password.
 */
export function isHarmless(rule: string, name: string, said: string, names: SecretNames): boolean {
  if (said.length > longestHarmless) return false;
  switch (rule) {
    case "password":
      return workingFolder.test(name) && path.test(said);
    case "token":
      if (piece.test(said) || (count.test(said) && !code.test(said))) return true;
      return version.test(said) || (lettersOnly.test(said) && names.ruleOf(said) !== null);
    case "cookie":
    case "connection-string":
      return version.test(said) || (oneWord.test(said) && names.ruleOf(said) !== null);
    case "credential":
      return modes.has(said) || version.test(said);
    case "secret":
      return version.test(said);
    default:
      return false;
  }
}
