import { isRecord } from "@spoor/core";

/** Whether two values are the same JSON text. What is no JSON is the same as nothing but itself. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left))
    return Array.isArray(right) && left.length === right.length && left.every(isSameIn(right));
  if (!isRecord(left) || !isRecord(right)) return false;
  const names = Object.keys(left);
  const others = Object.keys(right);
  return (
    names.length === others.length &&
    names.every((name, at) => name === others[at] && sameJson(left[name], right[name]))
  );
}

const isSameIn =
  (right: readonly unknown[]) =>
  (item: unknown, at: number): boolean =>
    sameJson(item, right[at]);
