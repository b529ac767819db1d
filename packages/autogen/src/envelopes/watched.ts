/** What a body gives back, told when it is there. */
interface Watching<Result> {
  readonly ended: (output: Awaited<Result>) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Runs a body and tells how it ended. The caller gets what the body gave and what it threw: a promise is watched, not replaced; only another
 * thenable is, because to watch one may be to run it twice.
 */
export function watched<Result>(body: () => Result, { ended, failed }: Watching<Result>): Result {
  let result: Result;
  try {
    result = body();
  } catch (error) {
    failed(error);
    throw error;
  }
  if (result instanceof Promise) {
    result.then(ended, failed);
    return result;
  }
  if (isThenable(result)) {
    const promise = Promise.resolve(result);
    promise.then(ended, failed);
    return promise as Result;
  }
  ended(result as Awaited<Result>);
  return result;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  try {
    return (
      (typeof value === "object" || typeof value === "function") &&
      value !== null &&
      typeof Reflect.get(value, "then") === "function"
    );
  } catch {
    return false;
  }
}
