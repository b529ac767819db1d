import { isRecord, type Loose } from "../loose.ts";
import { compared } from "../storage/in-order.ts";

/** What is said later stands, but for what is not said then, and for fields that keep their first word. Metadata grows together, and so do tags. */
export function merged(before: Loose | undefined, said: Loose, kept: readonly string[]): Loose {
  if (before === undefined) return said;
  const news = Object.entries(said).filter(
    ([name, value]) =>
      value !== null &&
      value !== undefined &&
      !(kept.includes(name) && name in before) &&
      !(isRecord(value) && Object.keys(value).length === 0),
  );
  return {
    ...before,
    ...Object.fromEntries(news),
    metadata: together(before["metadata"], said["metadata"]),
    ...(isList(before["tags"]) || isList(said["tags"])
      ? {
          tags: [...new Set([...listOf(before["tags"]), ...listOf(said["tags"])])].toSorted(
            compared,
          ),
        }
      : {}),
  };
}

function together(one: unknown, other: unknown): unknown {
  if (!isRecord(one) || !isRecord(other)) return other ?? one;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    Array.from(names, (name) => [name, together(one[name], other[name])] as const),
  );
}

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);
const listOf = (value: unknown): readonly string[] => (isList(value) ? value : []);
