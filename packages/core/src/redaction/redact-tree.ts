import type { JsonObject, JsonValue } from "../vocabulary/json.ts";
import type { FieldName, ReadFieldName } from "./field-names.ts";
import { isKeyOpen, lineOfKey } from "./forms/private-keys.ts";
import { type Replacement, withheld } from "./marker.ts";
import type { NoteReplaced } from "./redactor.ts";
import type { SecretNames } from "./secret-names.ts";
import { isCardNumber } from "./forms/cards.ts";
import { holdsSecret, ruleInList, ruleOfPair } from "./secret-places.ts";
import type { RedactText } from "./text/redact-text.ts";
import { holdsThinking, withoutThinking } from "./thinking.ts";

export interface TreeRules {
  readonly names: SecretNames;
  readonly text: RedactText;
  readonly fieldName: ReadFieldName;
  readonly replacement: Replacement;
  readonly keepsThinking: boolean;
  readonly keepsCards: boolean;
  readonly keepsPrivateKeys: boolean;
}

type Container = JsonObject | readonly JsonValue[];

/** A list or an object on the way down: what its members have become so far. */
interface Visit {
  readonly source: Container;
  /** Null: a list. */
  readonly names: readonly string[] | null;
  readonly length: number;
  index: number;
  /** Null as long as all are what they were. */
  members: JsonValue[] | null;
  newNames: string[] | null;
  /** How often each name was made. Null: none was. */
  made: Map<string, number> | null;
  changed: boolean;
  /** The lines of a private key are items of the list, and this is where they are. */
  isInKey: boolean;
}

/** Iterative, so no depth exhausts it. What has nothing to replace comes back as the same object; nothing that was given is changed. */
export function redactTree(value: JsonValue, rules: TreeRules, note: NoteReplaced): JsonValue {
  const path: Visit[] = [];
  let result = enter(value, null, null, rules, note, path);
  for (let visit = path.at(-1); visit; visit = path.at(-1)) {
    const { index } = visit;
    if (index < visit.length) {
      const name = visit.names?.[index] ?? null;
      const member = memberOf(visit, index, name);
      const field = name === null ? null : rules.fieldName(name, note);
      if (field && name !== null) rename(visit, name, field.left);
      const depth = path.length;
      const left = enter(member, field, ruleAt(visit, field, member, rules), rules, note, path);
      if (path.length === depth) put(visit, member, left);
      continue;
    }
    path.pop();
    result = visit.changed ? rebuilt(visit) : visit.source;
    const above = path.at(-1);
    if (above) put(above, visit.source, result);
  }
  return result;
}

/** The rule that the place of a member asks for: its name, the other half of its pair, what stands before it in its list. */
function ruleAt(
  visit: Visit,
  field: FieldName | null,
  member: JsonValue,
  { names, keepsPrivateKeys }: TreeRules,
): string | null {
  const { source, index } = visit;
  if (isList(source)) {
    if (typeof member !== "string") return null;
    if (!keepsPrivateKeys && isLineOfKey(visit, member)) return "private-key";
    return ruleInList(source, index, names);
  }
  if (field === null) return null;
  if (field.left === "value") return ruleOfPair(source, names) ?? field.rule;
  return field.rule === "token" && "logprob" in source ? null : field.rule;
}

function isLineOfKey(visit: Visit, item: string): boolean {
  if (visit.isInKey) {
    const line = lineOfKey(item);
    visit.isInKey = line === "within";
    return line !== "none";
  }
  visit.isInKey = item.length > 26 && isKeyOpen(item);
  return false;
}

/** Gives what is left of a value, or goes down into it. */
function enter(
  value: JsonValue,
  field: FieldName | null,
  rule: string | null,
  rules: TreeRules,
  note: NoteReplaced,
  path: Visit[],
): JsonValue {
  if (value === null || typeof value === "boolean" || value === "") return value;
  if (rule !== null && holdsSecret(rule, field?.left ?? "", value, rules.names)) {
    note(rule);
    return rules.replacement(rule, value);
  }
  if (field?.mayHoldThinking && !rules.keepsThinking && holdsThinking(field.left, value)) {
    note("thinking");
    return withheld("thinking");
  }
  if (typeof value === "string") {
    const left = rules.text(value, note);
    // Harmless it is only as a whole.
    return rule === null || left === value ? left : rules.replacement(rule, value);
  }
  if (typeof value === "number") {
    if (rules.keepsCards || !isCardNumber(value)) return value;
    note("card");
    return rules.replacement("card", value);
  }
  const entered = thoughtless(value, rules, note);
  path.push(visitOf(entered, entered !== value));
  return value;
}

function thoughtless(value: Container, rules: TreeRules, note: NoteReplaced): Container {
  if (rules.keepsThinking || isList(value)) return value;
  const left = withoutThinking(value);
  if (!left) return value;
  note("thinking");
  return left;
}

function visitOf(source: Container, changed: boolean): Visit {
  const names = isList(source) ? null : Object.keys(source);
  const length = names ? names.length : (source as readonly JsonValue[]).length;
  return {
    source,
    names,
    length,
    index: 0,
    members: null,
    newNames: null,
    made: null,
    changed,
    isInKey: false,
  };
}

function memberOf({ source }: Visit, index: number, name: string | null): JsonValue {
  const member =
    name === null ? (source as readonly JsonValue[])[index] : (source as JsonObject)[name];
  return member ?? null;
}

function put(visit: Visit, before: JsonValue, after: JsonValue): void {
  if (!visit.members && before !== after) {
    visit.changed = true;
    visit.members = membersBefore(visit);
  }
  visit.members?.push(after);
  visit.index += 1;
}

/** Those before the first that changed. */
function membersBefore(visit: Visit): JsonValue[] {
  const { source, names, index } = visit;
  if (isList(source)) return source.slice(0, index);
  return (names ?? []).slice(0, index).map((name) => source[name] ?? null);
}

/** Two names that are replaced by the same words stay two. */
function rename(visit: Visit, name: string, left: string): void {
  if (left === name) {
    visit.newNames?.push(name);
    return;
  }
  visit.changed = true;
  visit.newNames ??= (visit.names ?? []).slice(0, visit.index);
  visit.made ??= new Map();
  let count = visit.made.get(left) ?? 0;
  let unique = left;
  do {
    count += 1;
    unique = count === 1 ? left : `${left} ${count}`;
  } while (Object.hasOwn(visit.source, unique));
  visit.made.set(left, count);
  visit.newNames.push(unique);
}

/** By definition and not by assignment: `__proto__` is a name like any other. */
function rebuilt(visit: Visit): Container {
  const members = visit.members ?? membersBefore(visit);
  const names = visit.newNames ?? visit.names;
  if (!names) return members;
  const object = {};
  for (const [index, name] of names.entries())
    Object.defineProperty(object, name, {
      value: members[index],
      configurable: true,
      enumerable: true,
      writable: true,
    });
  return object;
}

const isList = (value: Container): value is readonly JsonValue[] => Array.isArray(value);
