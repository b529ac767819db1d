import type { JsonValue } from "../vocabulary/json.ts";
import { isStream, watch } from "./watch.ts";

/** Something that ends once. */
interface Endable {
  end(output?: JsonValue): void;
  fail(error: unknown): void;
}
interface Active<Inner> {
  run<Result>(scope: Inner, body: () => Result): Result;
}

/** Runs a body inside a scope and ends the scope as the body ends, and gives what the body gave; a stream that it returns has not ended yet. */
export function run<Inner extends Endable, Result>(
  active: Active<Inner>,
  scope: Inner,
  body: (scope: Inner) => Result,
): Result {
  return watch(() => active.run(scope, () => body(scope)), {
    ended: (output) => {
      if (!isStream(output)) scope.end(output as JsonValue);
    },
    failed: (error) => scope.fail(error),
  });
}
