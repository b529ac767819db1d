/**
 * Does something with every value that is set under a name where there is none: with the one that is there, and whenever it was taken away and
 * another one comes. What is set is a plain property like any other. Several may watch the same one. Returns how to stop it.
 */
export function eachSet<Name extends PropertyKey, Value>(
  holder: { [Key in Name]?: Value },
  name: Name,
  then: (value: Value) => void,
): () => void {
  let isWatching = true;
  const inherited = Object.getPrototypeOf(holder) as object | null;
  // Of the prototype, because a property of its own would go with what is taken away.
  const watching: object = Object.create(inherited, {
    [name]: {
      configurable: true,
      get: () => undefined,
      set(value: Value): void {
        Reflect.set(inherited ?? {}, name, value, holder);
        if (isWatching) then(value);
      },
    },
  });
  Object.setPrototypeOf(holder, watching);
  const present = holder[name];
  if (present !== undefined) then(present);
  return () => {
    isWatching = false;
    if (Object.getPrototypeOf(holder) === watching) Object.setPrototypeOf(holder, inherited);
  };
}
