/** A map, bounded or not. */
interface Lists<Item> {
  get(name: string): Item[] | undefined;
  set(name: string, list: Item[]): unknown;
}

/** One more in the list of that name. The list grows where it is: of many that wait for one, a copy each would cost the square of them. */
export function addTo<Item>(lists: Lists<Item>, name: string, item: Item): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [item]);
  else list.push(item);
}
