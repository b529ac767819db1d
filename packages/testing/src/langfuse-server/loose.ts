/** What nobody has checked yet. */
export type Loose = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether the server takes it for something said: neither null nor empty. */
export function isSaid(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return false;
  if (Array.isArray(value)) return value.length > 0;
  return !isRecord(value) || Object.keys(value).length > 0;
}

/** JSON text, where it is that; anything else as it came. */
export function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** As the server writes a value into a column of text. */
export function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A field as text; null where it is not said. */
export function textAt(value: Loose, name: string): string | null {
  const said = value[name] ?? null;
  return said === null ? null : asText(said);
}

/** The first of these that says anything in the eyes of JavaScript. */
export function firstOf(attributes: Loose, keys: readonly string[]): string | null {
  const key = keys.find((name) => Boolean(attributes[name]));
  return key === undefined ? null : asText(attributes[key]);
}
