import { readOr } from "../callbacks/reading.ts";

/** One call of a checkpointer: what it is called with, and who hears what became of it. Nothing here throws. */
export interface Witness {
  readonly given: readonly unknown[];
  readonly kept: () => void;
  readonly refused: (error: unknown) => void;
}

/** Calls it, and gives back what it gave: the very same promise, which nothing here waits for. */
export function witnessed(
  saver: object,
  method: (...given: readonly unknown[]) => unknown,
  witness: Witness,
): unknown {
  let answer: unknown;
  try {
    answer = Reflect.apply(method, saver, witness.given);
  } catch (error) {
    heard(() => witness.refused(error));
    throw error;
  }
  const promise = promiseOf(answer);
  const kept = (): void => heard(witness.kept);
  if (promise === null) kept();
  else promise.then(kept, (error: unknown) => heard(() => witness.refused(error)));
  return promise ?? answer;
}

/** In a promise that nobody holds, what is thrown would end the process. */
function heard(tell: () => void): void {
  readOr(undefined, tell);
}

/** What is only like a promise may do its work each time it is asked, so it is asked once. Null: an answer at once. */
export function promiseOf(answer: unknown): Promise<unknown> | null {
  if (answer instanceof Promise) return answer;
  const isThenable =
    typeof answer === "object" &&
    answer !== null &&
    "then" in answer &&
    typeof answer.then === "function";
  return isThenable ? Promise.resolve(answer) : null;
}

/** What does not say which checkpoint it is about is for the checkpointer to refuse. */
export function unheard(given: readonly unknown[]): Witness {
  return { given, kept: () => {}, refused: () => {} };
}
