import { type Forward, forwarding, type Method } from "./forwarding.ts";

/** Hears what becomes of an iteration. Called synchronously, before the application's own code goes on; may not throw. */
export interface IterationWatcher {
  /** What `next` gave: `{ done, value }`, or whatever stands in its place. */
  stepped(step: unknown): void;
  threw(error: unknown): void;
  /** Whoever iterates wants no more. */
  left(): void;
}

/**
 * The same object, and whoever iterates over it is watched. Values, errors and outcomes of promises are the same objects; nothing is awaited on
 * the way.
 */
export function watchedIteration<Source extends object>(
  source: Source,
  watcher: IterationWatcher,
): Source {
  const step: Forward = (target, method, given) =>
    watchStep(Reflect.apply(method, target, given), watcher);
  const leave: Forward = (target, method, given) => {
    watcher.left();
    return Reflect.apply(method, target, given);
  };
  return forwarding(source, (proxy) => {
    const iterate = (target: object, method: Method, given: readonly unknown[]): unknown => {
      const iterator: unknown = Reflect.apply(method, target, given);
      if (iterator === target) return proxy;
      return isObject(iterator) ? watchedIteration(iterator, watcher) : iterator;
    };
    return new Map<PropertyKey, Forward>([
      ["next", step],
      ["throw", step],
      ["return", leave],
      [Symbol.asyncDispose, leave],
      [Symbol.asyncIterator, iterate],
    ]);
  });
}

function watchStep(step: unknown, watcher: IterationWatcher): unknown {
  if (!isThenable(step)) {
    watcher.stepped(step);
    return step;
  }
  return step.then(
    (result) => {
      watcher.stepped(result);
      return result;
    },
    (error: unknown) => {
      watcher.threw(error);
      throw error;
    },
  );
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  isObject(value) && typeof Reflect.get(value, "then") === "function";
