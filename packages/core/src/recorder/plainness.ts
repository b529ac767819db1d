import { types } from "node:util";
import type { ListedNames } from "./listed-names.ts";
import { isPlainObject, mostLevels, mostMembers } from "./plain-value.ts";

/**
 * How many characters a value has, names included; null: it is not plain JSON as it stands, or there is too much of it. What is plain here has no
 * getter and no proxy in it, so whoever looks again sees the same. May throw where the value does.
 */
export function charactersOfPlain(given: unknown, listed: ListedNames): number | null {
  const waiting: unknown[] = [given];
  const levels: number[] = [0];
  let characters = 0;
  let members = 0;
  while (waiting.length > 0) {
    const value = waiting.pop();
    const level = levels.pop() ?? 0;
    switch (typeof value) {
      case "string":
        characters += value.length;
        break;
      case "number":
        if (!Number.isFinite(value)) return null;
        break;
      case "boolean":
      case "undefined":
        break;
      case "object": {
        if (value === null) break;
        if (level >= mostLevels || !isPlain(value)) return null;
        const names = Array.isArray(value) ? null : listed.of(value);
        const length = names ? names.length : (value as readonly unknown[]).length;
        members += names ? 2 * length : length;
        if (members > mostMembers) return null;
        for (let index = 0; index < length; index += 1) {
          const name = names?.[index] ?? index;
          const member = Object.getOwnPropertyDescriptor(value, name);
          if (member?.get) return null;
          if (typeof name === "string") characters += name.length;
          waiting.push(member?.value);
          levels.push(level + 1);
        }
        break;
      }
      default:
        return null;
    }
  }
  return characters;
}

function isPlain(value: object): boolean {
  if (types.isProxy(value)) return false;
  if (typeof (value as { readonly toJSON?: unknown }).toJSON === "function") return false;
  return Array.isArray(value) || isPlainObject(value);
}
