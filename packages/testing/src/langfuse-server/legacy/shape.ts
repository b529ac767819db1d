import { isRecord, type Loose } from "../loose.ts";
import { isMoment } from "./moment.ts";

/** What is wrong with a value under this name. Empty: nothing. */
export type Check = (name: string, value: unknown) => readonly string[];

const rule =
  (expected: string, holds: (value: unknown) => boolean): Check =>
  (name, value) =>
    holds(value) ? [] : [`expected ${name} to be ${expected}`];

export const anyText: Check = rule("a text", (value) => typeof value === "string");
export const moment: Check = rule("a time with an offset", isMoment);
export const flag: Check = rule("true or false", (value) => typeof value === "boolean");
export const whole: Check = rule("a whole number", Number.isSafeInteger);
export const texts: Check = rule(
  "a list of texts",
  (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
);
export const parameters: Check = rule(
  "an object of texts, numbers, flags, lists of texts and objects of texts",
  (value) =>
    isRecord(value) &&
    Object.entries(value).every(([name, item]) => name === "__proto__" || isParameter(item)),
);
export const object: Check = rule("an object", isRecord);
export const anything: Check = () => [];
export const id: Check = rule(
  "an id of 1 to 800 characters without carriage returns",
  (value) =>
    typeof value === "string" && value.length > 0 && value.length <= 800 && !value.includes("\r"),
);

export const oneOf = (...values: readonly string[]): Check =>
  rule(`one of ${values.join(", ")}`, (value) => values.some((other) => other === value));

export const textUpTo = (most: number): Check =>
  rule(
    `a text of at most ${most} characters`,
    (value) => typeof value === "string" && value.length <= most,
  );

/** Null and absent are fine. */
export const maybe =
  (check: Check): Check =>
  (name, value) =>
    value === null || value === undefined ? [] : check(name, value);

export type Shape = Readonly<Record<string, Check>>;

/** Every field of a shape; others are left out of account, as the server leaves them out of the row. */
export function problemsIn(value: Loose, shape: Shape): readonly string[] {
  return Object.entries(shape).flatMap(([name, check]) => check(name, value[name]));
}

function isParameter(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  const within = Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : null;
  return within === null || within.every((item: unknown) => typeof item === "string");
}
