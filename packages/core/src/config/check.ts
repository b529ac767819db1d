import { describeReceived } from "../schema/locate.ts";
import { nearestName } from "./nearest-name.ts";

/** `value` may be used where there are no problems: a copy of what was given, without what is undefined or inherited. */
export interface Checked {
  readonly value: unknown;
  readonly problems: readonly string[];
}

/** Never throws, once it is `guarded`. `path`: where the value stands, as one would write it in code; empty for the whole. */
export type Check = (value: unknown, path: string) => Checked;

export const accepted = (value: unknown): Checked => ({ value, problems: [] });
export const refused = (path: string, sentence: string): Checked => ({
  value: undefined,
  problems: [path === "" ? sentence : `\`${path}\`: ${sentence}`],
});

export function mismatch(path: string, expected: string, value: unknown): Checked {
  return refused(path, `expected ${expected}, received ${describeReceived(value)}`);
}

/** Where looking at a value throws, as a getter or a proxy may, it is refused. */
export const guarded =
  (check: Check): Check =>
  (value, path) => {
    try {
      return check(value, path);
    } catch {
      return refused(path, "cannot be read: looking at it throws");
    }
  };

const claim =
  (expected: string, holds: (value: unknown) => boolean): Check =>
  (value, path) =>
    holds(value) ? accepted(value) : mismatch(path, expected, value);

export const text: Check = claim("text", (value) => typeof value === "string");
export const name: Check = claim(
  "a name that is not empty",
  (value) => typeof value === "string" && value !== "",
);
const longestNameOnDisk = 200;
/** The name of an exporter names its cursor, too: a file. */
export const exporterName: Check = claim(
  `a name that is not empty, has no lone surrogates and is not too long for a file`,
  (value) =>
    typeof value === "string" &&
    value !== "" &&
    value.isWellFormed() &&
    encodeURIComponent(value).length <= longestNameOnDisk,
);
/** What a timer can wait. */
export const longestTimerMs: number = 2 ** 31 - 1;
export const flag: Check = claim("true or false", (value) => typeof value === "boolean");
export const code: Check = claim("a function", (value) => typeof value === "function");

export const oneOf = (...values: readonly string[]): Check =>
  claim(
    values.map((value) => JSON.stringify(value)).join(" or "),
    (value) => typeof value === "string" && values.includes(value),
  );

export const numberWithin = (least: number, most: number): Check =>
  claim(
    `a number from ${least} to ${most}`,
    (value) => typeof value === "number" && value >= least && value <= most,
  );

export const wholeNumber = (least: number): Check =>
  claim(
    `a whole number, ${least} or more`,
    (value) => Number.isSafeInteger(value) && (value as number) >= least,
  );

export const nullOr =
  (check: Check, expected: string): Check =>
  (value, path) => {
    if (value === null) return accepted(null);
    return check(value, path).problems.length === 0
      ? accepted(value)
      : mismatch(path, `${expected}, or null`, value);
  };

export function listOf(item: Check): Check {
  return guarded((value, path) => {
    if (!Array.isArray(value)) return mismatch(path, "a list", value);
    const items = Array.from(value, (member: unknown, index) => item(member, `${path}[${index}]`));
    return {
      value: items.map((checked) => checked.value),
      problems: items.flatMap(({ problems }) => problems),
    };
  });
}

/** A name that is not in the table is a problem, and so is one that is required and missing. Undefined is absent. */
export function fieldsOf(
  table: Readonly<Record<string, Check>>,
  required: readonly string[] = [],
): Check {
  const names = Object.keys(table);
  return guarded((value, path) => {
    if (!isPlain(value)) return mismatch(path, "a plain object", value);
    const given = Object.entries(value).filter(([, member]) => member !== undefined);
    const present = new Set(given.map(([key]) => key));
    const missing = required.filter((key) => !present.has(key));
    const problems = missing.flatMap((key) => refused(under(path, key), "is missing").problems);
    const members = given.map(([key, member]): readonly [string, Checked] => [
      key,
      names.includes(key) && table[key]
        ? table[key](member, under(path, key))
        : { value: undefined, problems: [unknownKey(key, path, names)] },
    ]);
    return {
      value: Object.fromEntries(members.map(([key, checked]) => [key, checked.value])),
      problems: [...problems, ...members.flatMap(([, checked]) => checked.problems)],
    };
  });
}

export const under = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

function unknownKey(key: string, path: string, names: readonly string[]): string {
  const nearest = nearestName(key, names);
  const advice =
    nearest === null ? `: there is ${names.join(", ")}` : `, did you mean \`${nearest}\`?`;
  return `unknown key \`${key.slice(0, 80)}\` in ${path === "" ? "config" : `\`${path}\``}${advice}`;
}

/** Has nothing by inheritance. An object of another realm is as plain, so the prototype is not compared with ours. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
