import type { JsonValue } from "@spoor/core";
import { isRecord } from "@spoor/core";

/** Whether two values are the same JSON text. */
export function sameJson(left: JsonValue, right: JsonValue): boolean {
  if (left === right) return true;
  if (Array.isArray(left))
    return Array.isArray(right) && left.length === right.length && left.every(isSameIn(right));
  if (!isRecord(left) || !isRecord(right)) return false;
  const names = Object.keys(left);
  const others = Object.keys(right);
  return (
    names.length === others.length &&
    names.every(
      (name, at) => name === others[at] && sameJson(left[name] ?? null, right[name] ?? null),
    )
  );
}

const isSameIn =
  (right: readonly JsonValue[]) =>
  (item: JsonValue, at: number): boolean =>
    sameJson(item, right[at] ?? null);
