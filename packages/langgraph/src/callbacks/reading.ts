import { isRecord } from "@spoor/core";
import type { Fields } from "./native.ts";

const none: Fields = {};

/** Empty text says nothing, so it reads as absent. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function countOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

export function fieldsOf(value: unknown): Fields {
  return isRecord(value) ? value : none;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
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

type Known<Given> = { [Name in keyof Given]?: Exclude<Given[Name], undefined> };

/** Without what is not known: an absent field, never an undefined one. */
export function known<Given extends object>(given: Given): Known<Given> {
  const said: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) if (value !== undefined) said[name] = value;
  return said as Known<Given>;
}

/** Names stand in the open in a journal, so they stay short. */
export function nameOf(...candidates: readonly unknown[]): string {
  return (candidates.map(textOf).find((name) => name !== undefined) ?? "unnamed").slice(0, 200);
}
