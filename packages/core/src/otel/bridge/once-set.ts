/**
 * Does something as soon as there is a value under a name: at once, or when somebody sets it. What was waited for is then a plain property like any
 * other. Several may wait for the same one.
 */
export function onceSet<Name extends PropertyKey, Value>(
  holder: { [Key in Name]?: Value },
  name: Name,
  then: (value: Value) => void,
): void {
  const present = holder[name];
  if (present !== undefined) {
    then(present);
    return;
  }
  const earlier = Object.getOwnPropertyDescriptor(holder, name);
  Object.defineProperty(holder, name, {
    configurable: true,
    enumerable: true,
    get: () => undefined,
    set(value: Value): void {
      Object.defineProperty(holder, name, {
        configurable: true,
        enumerable: true,
        writable: true,
        value,
      });
      earlier?.set?.call(holder, value);
      then(value);
    },
  });
}
