import type { JsonObject, JsonValue } from "../vocabulary/json.ts";
import { isHarmless } from "./harmless-value.ts";
import { isJsonSchema } from "./json-schema.ts";
import { isReplaced } from "./marker.ts";
import type { SecretNames } from "./secret-names.ts";

/** Nothing that a redactor has put there, and no sentence. */
const wholeName = /^[\w.$-]{1,64}$/;
const identifier = /^[A-Za-z_][A-Za-z_-]*$/;

/** Of `{ name: "Authorization", value: … }`, the rule for the value; null: the other half is no name of a secret. */
export function ruleOfPair(source: JsonObject, names: SecretNames): string | null {
  const name = source["name"] ?? source["key"];
  return typeof name === "string" && wholeName.test(name) ? names.ruleOf(name) : null;
}

/**
 * The rule for an item that stands behind the name of a secret in a list: a flag of a command, or the name of a pair, as in the headers of a
 * request. Not every list with such a name in it is one of pairs, so a word by itself is kept.
 */
export function ruleInList(
  list: readonly JsonValue[],
  index: number,
  names: SecretNames,
): string | null {
  const name = list[index - 1];
  const value = list[index];
  if (typeof name !== "string" || typeof value !== "string") return null;
  const rule = names.ruleOf(name);
  if (rule === null || !wholeName.test(name) || names.ruleOf(value) !== null) return null;
  if (name.startsWith("--")) return value.startsWith("-") ? null : rule;
  const isPair = index % 2 === 1 && list.length % 2 === 0;
  return isPair && !identifier.test(value) ? rule : null;
}

/** What stands under the name of a secret is one, unless it is none by its form: a number of tokens, a schema, what is replaced already. */
export function holdsSecret(
  rule: string,
  name: string,
  value: JsonValue,
  names: SecretNames,
): boolean {
  if (value === null || typeof value === "boolean" || value === "") return false;
  if (typeof value === "number") return rule !== "token";
  if (typeof value === "string") return !isReplaced(value) && !isHarmless(rule, name, value, names);
  if (isList(value)) {
    const isNone = (item: JsonValue): boolean =>
      typeof item === "object" ? false : !holdsSecret(rule, name, item, names);
    return value.length > 0 && !value.every(isNone);
  }
  return Object.keys(value).length > 0 && !isJsonSchema(value);
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
