import type { JsonValue } from "../vocabulary/json.ts";

/** Something that ends once. */
interface Endable {
  end(output?: JsonValue): void;
  fail(error: unknown): void;
}
interface Active<Inner> {
  run<Result>(scope: Inner, body: () => Result): Result;
}

/**
 * Runs a body inside a scope and ends the scope as the body ends; a stream that it returns has not ended yet. The caller gets what the body gave: a promise is watched, not replaced; only
 * another thenable is, because to watch one may be to run it twice.
 */
export function run<Inner extends Endable, Result>(
  active: Active<Inner>,
  scope: Inner,
  body: (scope: Inner) => Result,
): Result {
  let result: Result;
  try {
    result = active.run(scope, () => body(scope));
  } catch (error) {
    scope.fail(error);
    throw error;
  }
  const ended = (output: unknown): void => {
    if (!isStream(output)) scope.end(output as JsonValue);
  };
  const failed = (error: unknown): void => scope.fail(error);
  if (isPromise(result)) {
    result.then(ended, failed);
    return result;
  }
  if (!isThenable(result)) {
    ended(result);
    return result;
  }
  const watched = Promise.resolve(result);
  watched.then(ended, failed);
  return watched as Result;
}

/** Its end is not seen here: whoever reads it ends the scope. */
function isStream(value: unknown): boolean {
  return has(value, Symbol.asyncIterator);
}

function isPromise(value: unknown): value is Promise<unknown> {
  try {
    return value instanceof Promise;
  } catch {
    return false;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return has(value, "then");
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
