/** How many of the first items fit into one request: at least one, and no more than the limits allow. */
export function batchSize<Item>(
  items: readonly Item[],
  limits: { readonly items: number; readonly bytes: number },
  bytesOf: (item: Item) => number,
): number {
  let bytes = 0;
  for (const [place, item] of items.entries()) {
    if (place >= limits.items) return place;
    bytes += bytesOf(item);
    if (place > 0 && bytes > limits.bytes) return place;
  }
  return items.length;
}
