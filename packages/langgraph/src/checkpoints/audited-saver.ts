import { readOr } from "../callbacks/reading.ts";
import { withoutCarrier } from "./carrier.ts";
import type { CheckpointAudit } from "./checkpoint-audit.ts";
import { listShown } from "./list-shown.ts";
import { promiseOf, unheard, type Witness, witnessed } from "./witness.ts";

type Method = (...given: readonly unknown[]) => unknown;
type Audited = (saver: object, method: Method, audit: CheckpointAudit) => Method;

const telling =
  (about: (audit: CheckpointAudit, given: readonly unknown[]) => Witness): Audited =>
  (saver, method, audit) =>
  (...given) =>
    witnessed(
      saver,
      method,
      readOr(unheard(given), () => about(audit, given)),
    );

/** What is done beside calling a method through. Every other method is the checkpointer's own. */
const audited: ReadonlyMap<PropertyKey, Audited> = new Map<PropertyKey, Audited>([
  ["put", telling((audit, given) => audit.put(given))],
  ["putWrites", telling((audit, given) => audit.putWrites(given))],
  ["deleteThread", telling((audit, given) => audit.deleteThread(given))],
  ["prune", telling((audit, given) => audit.prune(given))],
  ["copyThread", telling((audit, given) => audit.copyThread(given))],
  [
    "getTuple",
    (saver, method, audit) =>
      (...given) => {
        const read = (tuple: unknown): unknown => {
          audit.read(given[0], tuple);
          return withoutCarrier(tuple);
        };
        const answer = Reflect.apply(method, saver, given);
        return promiseOf(answer)?.then(read) ?? read(answer);
      },
  ],
  [
    "list",
    (saver, method) =>
      (...given) =>
        listShown(Reflect.apply(method, saver, given)),
  ],
]);

/**
 * The checkpointer itself to whoever holds it: an instance of its class, with its private fields, its own methods and its own state. What it calls of
 * itself is not audited again.
 */
export function auditedSaver<Saver extends object>(saver: Saver, audit: CheckpointAudit): Saver {
  const known = new Map<PropertyKey, { readonly method: Method; readonly as: Method }>();
  const methodOf = (name: PropertyKey, method: Method): Method => {
    const before = known.get(name);
    if (before?.method === method) return before.as;
    const wrapped = audited.get(name)?.(saver, method, audit);
    const as = wrapped ?? method.bind(saver);
    known.set(name, { method, as });
    return as;
  };
  return new Proxy(saver, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function" || name === "constructor") return value;
      const isOwn = Object.hasOwn(target, name) && !audited.has(name);
      return isOwn ? value : methodOf(name, value as Method);
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}
