/** What a body gives back, told when it is there. */
export interface Watching<Result> {
  readonly ended: (output: Awaited<Result>) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Runs a body and tells how it ended. The caller gets what the body gave and what it threw: a promise is watched, not replaced; only another
 * thenable is, because to watch one may be to run it twice. What is told may not throw.
 */
export function watch<Result>(body: () => Result, { ended, failed }: Watching<Result>): Result {
  let result: Result;
  try {
    result = body();
  } catch (error) {
    failed(error);
    throw error;
  }
  if (isPromise(result)) {
    result.then(ended as (output: unknown) => void, failed);
    return result;
  }
  if (!has(result, "then")) {
    ended(result as Awaited<Result>);
    return result;
  }
  const watched = Promise.resolve(result);
  watched.then(ended, failed);
  return watched as Result;
}

/** Its end is not seen here: whoever reads it knows it. */
export function isStream(value: unknown): boolean {
  return has(value, Symbol.asyncIterator);
}

function isPromise(value: unknown): value is Promise<unknown> {
  try {
    return value instanceof Promise;
  } catch {
    return false;
  }
}

/** What cannot be looked at has nothing; it is the caller's to find that out. */
function has(value: unknown, method: PropertyKey): boolean {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false;
  try {
    return typeof Reflect.get(value, method) === "function";
  } catch {
    return false;
  }
}
