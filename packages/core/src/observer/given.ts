/** What runs inside a scope. */
export type Body<Inner, Result> = (scope: Inner) => Result;

/** Options may be left out before a body. */
export function given<Options extends object, Inner, Result>(
  first: Options | Body<Inner, Result>,
  second: Body<Inner, Result> | undefined,
): {
  readonly options: Options | Partial<Options>;
  readonly body: Body<Inner, Result> | undefined;
} {
  return typeof first === "function"
    ? { options: {}, body: first }
    : { options: first, body: second };
}
