import { listOf, memberOf, nameOf, textOf } from "../reading.ts";

/** What was thrown, as far as it can be looked at: it may be anything. */
export interface ErrorSaid {
  readonly errorType: string;
  readonly message: string;
  /** The message and, where they say more, those of its causes. */
  readonly text: string;
  /** What it stands for together, where it is an aggregate. */
  readonly parts: readonly unknown[];
}

const mostCauses = 8;
const mostParts = 16;

export function errorSaid(error: unknown): ErrorSaid {
  const message = messageOf(error);
  const parts = partsOf(error);
  return { errorType: errorTypeOf(error), message, text: textWithCauses(error, parts), parts };
}

function partsOf(error: unknown): readonly unknown[] {
  try {
    return [...listOf(memberOf(error, "errors"))];
  } catch {
    return [];
  }
}

/** The same error, live or recorded, wherever it comes up. LangChain wraps some anew, with the same name and the same words. */
export function identityOf({ errorType, message }: ErrorSaid): string {
  return `${errorType}: ${message}`;
}

const saysWhatItIs = /^[A-Z]\w*(?:Error|Exception)$/;

/** Its own name; where that is the name of all errors, that of its class, unless a bundler has renamed it. */
function errorTypeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return typeof error;
  const name = textOf(memberOf(error, "name"));
  const className =
    textOf(memberOf(error, "$error")) ?? textOf(nameOfFunction(memberOf(error, "constructor")));
  const isGeneral = name === undefined || name === "Error";
  return nameOf(
    isGeneral && className !== undefined && saysWhatItIs.test(className) ? className : name,
    "Error",
  );
}

function nameOfFunction(value: unknown): unknown {
  return typeof value === "function" ? value.name : undefined;
}

function messageOf(error: unknown): string {
  switch (typeof error) {
    case "object":
      return textOf(memberOf(error, "message")) ?? "";
    case "undefined":
    case "function":
      return "";
    default:
      return String(error);
  }
}

function textWithCauses(error: unknown, parts: readonly unknown[]): string {
  let text = messageOf(error);
  for (const part of parts.slice(0, mostParts)) text = withMore(text, "including", part);
  for (const cause of causesOf(error)) text = withMore(text, "caused by", cause);
  return text;
}

/** What it was thrown because of, and that because of, as far as it is worth following. */
export function causesOf(error: unknown): readonly unknown[] {
  const seen = new Set<unknown>([error]);
  let cause = memberOf(error, "cause");
  while (cause !== undefined && cause !== null && !seen.has(cause) && seen.size <= mostCauses) {
    seen.add(cause);
    cause = memberOf(cause, "cause");
  }
  seen.delete(error);
  return [...seen];
}

function withMore(text: string, how: string, error: unknown): string {
  const message = messageOf(error);
  if (message !== "" && text.includes(message)) return text;
  return `${text}\n${how} ${errorTypeOf(error)}: ${message}`;
}
