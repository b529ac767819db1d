import type { JsonValue } from "../vocabulary/json.ts";
import { fieldNames } from "./field-names.ts";
import { pseudonymUnder, redacted } from "./marker.ts";
import { redactTree, type TreeRules } from "./redact-tree.ts";
import type { NoteReplaced, Redactor } from "./redactor.ts";
import { type FieldRule, profileOf, type RedactionRules } from "./rules.ts";
import { secretNames } from "./secret-names.ts";
import { cards } from "./forms/cards.ts";
import { emails } from "./forms/emails.ts";
import { namedValues } from "./named/named-values.ts";
import { ownPattern } from "./forms/own-pattern.ts";
import { privateKeys } from "./forms/private-keys.ts";
import { textRedactor } from "./text/redact-text.ts";
import type { TextRule } from "./text/text-rule.ts";
import { userPasswords } from "./forms/user-passwords.ts";
import { vendorKeys } from "./forms/vendor-keys.ts";

/**
 * The redactor that runs where no other is given: secrets by the names that they stand under, and by their form in any text, and nothing of what a
 * model thinks. What was replaced says so, as `[redacted:email]`; redacting twice is redacting once. Throws a `TypeError` for rules that cannot be.
 */
export function redactor(rules: RedactionRules = {}): Redactor {
  const { fields = {}, withhold = ["thinking"] } = rules;
  const tree = treeRulesOf(rules);
  const userIds = treeRulesOf(forUserIds(rules));
  const switchedOff: ReadonlySet<string> = new Set(withhold);
  const ruleOf = new Map<string, FieldRule>(Object.entries(fields));
  return {
    profile: profileOf(rules),
    pure: Object.values(fields).every((rule) => typeof rule !== "function"),
    redact(value: JsonValue, field: string, note: NoteReplaced = unheard): JsonValue {
      const rule = ruleOf.get(field);
      if (rule === "keep") return value;
      const left = typeof rule === "function" ? rule(value) : value;
      return redactTree(left, isUserId(field, left) ? userIds : tree, note);
    },
    withholds: (field) =>
      ruleOf.get(field) === "withhold" ||
      switchedOff.has(field) ||
      (switchedOff.has("context") && field.startsWith("context.")),
  };
}

const oneEmail = /^[^\s@]{1,200}@[^\s@]{1,200}$/;

/** An e-mail and nothing else: in a text around it, it is nobody's id. */
function isUserId(field: string, value: JsonValue): boolean {
  return field === "session.userId" && typeof value === "string" && oneEmail.test(value);
}

/** Many users have an e-mail for an id: replaced by the same words, they would all be one. Under pseudonyms they are told apart. */
function forUserIds(rules: RedactionRules): RedactionRules {
  const { patterns = {}, pseudonyms } = rules;
  if (pseudonyms) return rules;
  return { ...rules, patterns: { ...patterns, without: [...(patterns.without ?? []), "email"] } };
}

function treeRulesOf(rules: RedactionRules): TreeRules {
  const { patterns = {}, pseudonyms, withhold = ["thinking"] } = rules;
  const names = secretNames(rules.names);
  const without: ReadonlySet<string> = new Set(patterns.without);
  const replacement = pseudonyms ? pseudonymUnder(pseudonyms.key) : redacted;
  const known: readonly TextRule[] = [
    privateKeys,
    ...userPasswords,
    ...namedValues(names),
    vendorKeys,
    emails,
    cards,
  ];
  const all: readonly TextRule[] = [
    ...(patterns.add ?? []).map(ownPattern),
    ...known.filter(({ name }) => !without.has(name)),
  ];
  const text = textRedactor(all, replacement);
  return {
    names,
    text,
    fieldName: fieldNames(names, text),
    replacement,
    keepsThinking: !withhold.includes("thinking"),
    keepsCards: without.has("card"),
    keepsPrivateKeys: without.has("private-key"),
  };
}

function unheard(): void {
  // Nobody asked what was replaced.
}
