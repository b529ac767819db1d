import type { JsonObject, JsonValue } from "../vocabulary/json.ts";
import { isMarker, type Replacement, withheld } from "./marker.ts";
import type { NoteReplaced } from "./redactor.ts";
import type { SecretNames } from "./secret-names.ts";
import { isCardNumber } from "./text/cards.ts";
import type { RedactText } from "./text/redact-text.ts";
import { isThinkingField, withoutThinking } from "./thinking.ts";

export interface TreeRules {
  readonly names: SecretNames;
  readonly text: RedactText;
  /** The same for the names of fields, which come again and again. */
  readonly name: RedactText;
  readonly replacement: Replacement;
  readonly keepsThinking: boolean;
  readonly keepsCards: boolean;
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
}

const schemaTypes: ReadonlySet<JsonValue | undefined> = new Set([
  "string",
  "number",
  "integer",
  "boolean",
  "object",
  "array",
  "null",
]);

/** Iterative, so no depth exhausts it. What has nothing to replace comes back as the same object; nothing that was given is changed. */
export function redactTree(value: JsonValue, rules: TreeRules, note: NoteReplaced): JsonValue {
  const path: Visit[] = [];
  let result = enter(value, null, null, rules, note, path);
  for (let visit = path.at(-1); visit; visit = path.at(-1)) {
    const { index } = visit;
    if (index < visit.length) {
      const name = visit.names?.[index] ?? null;
      const member = memberOf(visit, index, name);
      const renamed = name === null ? null : renamedAt(visit, name, rules, note);
      const rule = renamed === null ? null : rules.names.ruleOf(renamed);
      const depth = path.length;
      const left = enter(member, name, rule, rules, note, path);
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

/** Gives what is left of a value, or goes down into it. */
function enter(
  value: JsonValue,
  name: string | null,
  rule: string | null,
  rules: TreeRules,
  note: NoteReplaced,
  path: Visit[],
): JsonValue {
  if (value === null || typeof value === "boolean" || value === "") return value;
  if (rule !== null && holdsSecret(rule, value)) {
    note(rule);
    return rules.replacement(rule, value);
  }
  if (name !== null && !rules.keepsThinking && isThinkingField(name, value)) {
    note("thinking");
    return withheld("thinking");
  }
  if (typeof value === "string") return rules.text(value, note);
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

/** A number of tokens is no token, and the schema of a password is no password. */
function holdsSecret(rule: string, value: Exclude<JsonValue, null | boolean>): boolean {
  if (typeof value === "string") return !isMarker(value);
  if (typeof value === "number") return rule !== "token";
  if (isList(value)) return value.length > 0 && !value.every(isReplaced);
  if (Object.keys(value).length === 0) return false;
  const { type } = value;
  const isSchema = schemaTypes.has(type) || typeof value["$ref"] === "string";
  return !isSchema || ["default", "const", "enum", "examples"].some((word) => word in value);
}

function isReplaced(value: JsonValue): boolean {
  return typeof value === "string" && isMarker(value);
}

function visitOf(source: Container, changed: boolean): Visit {
  const names = isList(source) ? null : Object.keys(source);
  const length = names ? names.length : (source as readonly JsonValue[]).length;
  return { source, names, length, index: 0, members: null, newNames: null, made: null, changed };
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

/** Names hold secrets, too. Two that are replaced by the same words stay two. */
function renamedAt(visit: Visit, name: string, rules: TreeRules, note: NoteReplaced): string {
  const redacted = rules.name(name, note);
  if (redacted === name) {
    visit.newNames?.push(name);
    return name;
  }
  visit.changed = true;
  visit.newNames ??= (visit.names ?? []).slice(0, visit.index);
  visit.made ??= new Map();
  let count = visit.made.get(redacted) ?? 0;
  let unique = redacted;
  do {
    count += 1;
    unique = count === 1 ? redacted : `${redacted} ${count}`;
  } while (Object.hasOwn(visit.source, unique));
  visit.made.set(redacted, count);
  visit.newNames.push(unique);
  return unique;
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
