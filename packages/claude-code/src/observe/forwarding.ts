export type Method = (...given: readonly unknown[]) => unknown;
/** Does what a method was called for, in its own way. */
export type Forward = (target: object, method: Method, given: readonly unknown[]) => unknown;

/**
 * The same object, some of whose methods are done in another way. Whatever is read, called or set is the object's own, methods with it as their
 * `this`, also those that no version has yet; so nobody can tell it from the object.
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

  function wrap(method: Method, how: Forward): Method {
    return new Proxy(method, {
      apply: (own, self: unknown, given) =>
        self === proxy ? how(target, own, given) : Reflect.apply(own, self, given),
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
