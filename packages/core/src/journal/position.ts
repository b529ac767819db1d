/** Where an entry begins: segment number and byte offset in its `entries.ndjson`. */
export interface Position {
  readonly segment: number;
  readonly offset: number;
}

export const beginning: Position = { segment: 0, offset: 0 };

export function isEarlier(left: Position, right: Position): boolean {
  return (
    left.segment < right.segment || (left.segment === right.segment && left.offset < right.offset)
  );
}
