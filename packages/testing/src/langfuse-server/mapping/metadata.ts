import { isRecord, type Loose } from "../loose.ts";

/** What an attribute of JSON text says, and every attribute under its name. Text that is no object or list, and other values, are dropped without a word. */
export function metadataIn(attributes: Loose, about: "observation" | "trace"): Loose {
  const key = `langfuse.${about}.metadata`;
  return {
    ...objectIn(attributes[key] || attributes["langfuse.metadata"]),
    ...under(attributes, [key, "langfuse.metadata"]),
  };
}

function objectIn(value: unknown): Loose {
  if (typeof value !== "string") return typeof value === "object" ? { ...value } : {};
  try {
    const read: unknown = JSON.parse(value);
    return typeof read === "object" ? { ...read } : {};
  } catch {
    return {};
  }
}

function under(attributes: Loose, keys: readonly string[]): Loose {
  const named = Object.entries(attributes).flatMap(([name, value]) =>
    keys
      .filter((key) => name.startsWith(`${key}.`) && name.length > key.length + 1)
      .map((key) => [name.slice(key.length + 1), value] as const),
  );
  return Object.fromEntries(named);
}

/** As a column of names beside one of values: a path of dots for what lies within an object, JSON text for lists. An empty object leaves nothing. */
export function flattened(
  metadata: Loose,
  path: string = "",
): readonly (readonly [string, string])[] {
  return Object.entries(metadata).flatMap(([key, value]) => {
    const name = path === "" ? key : `${path}.${key}`;
    if (isRecord(value)) return flattened(value, name);
    if (value === null || value === undefined) return [[name, ""] as const];
    return [[name, typeof value === "string" ? value : JSON.stringify(value)] as const];
  });
}
