import { withoutCarrier } from "./carrier.ts";
import { promiseOf } from "./witness.ts";

/** A list of tuples as the application knows them: one by one as they are asked for, as the checkpointer gives them. */
export function listShown(iterator: unknown): unknown {
  if (typeof iterator !== "object" || iterator === null) return iterator;
  const shown: object = new Proxy(iterator, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      const ask = (...given: readonly unknown[]): unknown =>
        Reflect.apply(value as (...given: readonly unknown[]) => unknown, target, given);
      if (name === Symbol.asyncIterator || name === Symbol.iterator)
        return (...given: readonly unknown[]) => {
          const own = ask(...given);
          return own === target ? shown : listShown(own);
        };
      if (name !== "next" && name !== "return" && name !== "throw") return ask;
      return (...given: readonly unknown[]) => {
        const answer = ask(...given);
        return promiseOf(answer)?.then(itemShown) ?? itemShown(answer);
      };
    },
  });
  return shown;
}

function itemShown(result: unknown): unknown {
  if (typeof result !== "object" || result === null || !("value" in result)) return result;
  const value = withoutCarrier(result.value);
  return value === result.value ? result : { ...result, value };
}
