import { isRecord } from "@spoor/core";
import type { Fields } from "./native.ts";

const none: Fields = {};
const nothing: readonly unknown[] = [];

/** Empty text says nothing, so it reads as absent. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function countOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** Each field may throw all the same, unless it is LangChain's own object: `memberOf` reads those that may be anybody's. */
export function fieldsOf(value: unknown): Fields {
  try {
    return isRecord(value) ? value : none;
  } catch {
    return none;
  }
}

export function listOf(value: unknown): readonly unknown[] {
  try {
    return Array.isArray(value) ? value : nothing;
  } catch {
    return nothing;
  }
}

export function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((item) => typeof item === "string");
}

/** Of whatever came from outside; undefined where looking at it throws. */
export function memberOf(value: unknown, name: string): unknown {
  try {
    return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  } catch {
    return undefined;
  }
}

/** What reading gives; where something throws that is looked at, `otherwise`. For what no other reader here can look into. */
export function readOr<Answer>(otherwise: Answer, read: () => Answer): Answer {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

type Known<Given> = { [Name in keyof Given]?: Exclude<Given[Name], undefined> };

/** Without what is not known: an absent field, never an undefined one. Where all is known, it is what was given. */
export function known<Given extends object>(given: Given): Known<Given> {
  const fields = given as Readonly<Record<string, unknown>>;
  const names = Object.keys(fields);
  if (names.every((name) => fields[name] !== undefined)) return fields as Known<Given>;
  const said: Record<string, unknown> = {};
  for (const name of names) if (fields[name] !== undefined) said[name] = fields[name];
  return said as Known<Given>;
}

/** Names stand in the open in a journal, so they stay short. */
export function nameOf(...candidates: readonly unknown[]): string {
  for (const candidate of candidates) {
    const name = textOf(candidate);
    if (name !== undefined) return name.slice(0, 200);
  }
  return "unnamed";
}
