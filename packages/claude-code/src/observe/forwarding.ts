export type Method = (...given: readonly unknown[]) => unknown;
/** Does what a method was called for, in its own way. */
export type Forward = (target: object, method: Method, given: readonly unknown[]) => unknown;

/**
 * Stands in for an object, some of whose methods are done in another way. Whatever else is read, called or set is the object's own, methods with it
 * as their `this`, also those that no version has yet. What a method gives is what the object gives: one that gives `this` gives the object.
 */
export function forwarding<Target extends object>(
  target: Target,
  forwardsTo: (proxy: Target) => ReadonlyMap<PropertyKey, Forward>,
): Target {
  const wrapped = new WeakMap<Method, Method>();
  const proxy = new Proxy(target, {
    get(own, name) {
      const value: unknown = Reflect.get(own, name, own);
      if (!isMethod(value) || name === "constructor" || isFixed(own, name)) return value;
      const known = wrapped.get(value);
      if (known !== undefined) return known;
      const method = wrap(value, forwards.get(name) ?? straight);
      wrapped.set(value, method);
      return method;
    },
    set: (own, name, value) => Reflect.set(own, name, value, own),
  });
  const forwards = forwardsTo(proxy);
  return proxy;

  /** A function, and no proxy of one: the language itself disposes (`await using`) by functions only. */
  function wrap(method: Method, how: Forward): Method {
    const called = function (this: unknown, ...given: readonly unknown[]): unknown {
      return this === proxy ? how(target, method, given) : Reflect.apply(method, this, given);
    };
    return Object.defineProperties(called, {
      name: { value: method.name },
      length: { value: method.length },
    });
  }
}

const straight: Forward = (target, method, given) => Reflect.apply(method, target, given);

const isMethod = (value: unknown): value is Method => typeof value === "function";

/** What can never change has to be told as it is, or the language itself objects. */
function isFixed(target: object, name: PropertyKey): boolean {
  const own = Reflect.getOwnPropertyDescriptor(target, name);
  return own?.configurable === false && own.writable === false;
}
