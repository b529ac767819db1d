/** What runs inside of work that is being recorded. */
export type Body<Inner, Result> = (inner: Inner) => Result;

/**
 * Opens work under a name. With a body it ends when that does, with what it returned or threw, which is the caller's unchanged; without one it
 * is open until you end it. Options may be left out.
 */
export interface Verb<Options, Inner> {
  (name: string, options?: Options): Inner;
  <Result>(name: string, body: Body<Inner, Result>): Result;
  <Result>(name: string, options: Options, body: Body<Inner, Result>): Result;
}

/** Gives what was opened, or with a body what that gave. */
export type Begin<Options, Inner> = (
  name: string,
  options: Partial<Options>,
  body?: Body<Inner, unknown>,
) => unknown;

/** One function for the three ways to call a verb. */
export function verb<Options extends object, Inner>(
  begin: Begin<Options, Inner>,
): Verb<Options, Inner> {
  const called = (
    name: string,
    first?: Options | Body<Inner, unknown> | null,
    second?: Body<Inner, unknown>,
  ): unknown =>
    typeof first === "function" ? begin(name, {}, first) : begin(name, first ?? {}, second);
  return called as Verb<Options, Inner>;
}
