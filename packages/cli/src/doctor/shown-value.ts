import { isRecord, type JsonValue, type SaidValue } from "@spoor/core";
import type { ShownValue } from "./diagnosis.ts";

/** A value as it may be printed: code is said to be code, an exporter is its name, so no header and no key is ever shown. */
export function shownValue({ name, value, source }: SaidValue): ShownValue {
  if (name === "redact") return { name, source, value: redactionText(value) };
  if (name === "exporters" && Array.isArray(value))
    return { name, source, value: value.map(nameOf) };
  if (name === "prices.models" && isRecord(value))
    return { name, source, value: Object.keys(value) };
  if (name === "prices.refresh" && typeof value === "string")
    return { name, source, value: value.replace(/[?#].*$/s, "") };
  if (name === "journal.retention") return { name, source, value: JSON.stringify(value) };
  return { name, source, value: plain(value) };
}

function redactionText(value: unknown): string {
  if (value === "off") return "off";
  return isRecord(value) ? String(value["profile"]) : "the default redactor";
}

function nameOf(given: unknown): string {
  const exporter = isRecord(given) && isRecord(given["to"]) ? given["to"] : given;
  return isRecord(exporter) ? String(exporter["name"]) : "?";
}

function plain(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  return value === null ? null : "code";
}

/** The same for people: sizes and times in their units. */
export function valueText({ name, value }: ShownValue): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  if (value === null) return "no bound";
  if (typeof value === "number" && name.endsWith("Bytes")) return bytesText(value);
  if (typeof value === "number" && name.endsWith("Ms")) return durationText(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

export const bytesText = (bytes: number): string =>
  inUnits(bytes, [
    ["GiB", 1024 ** 3],
    ["MiB", 1024 ** 2],
    ["KiB", 1024],
    ["bytes", 1],
  ]);

export const durationText = (ms: number): string =>
  inUnits(ms, [
    ["h", 3_600_000],
    ["min", 60_000],
    ["s", 1_000],
    ["ms", 1],
  ]);

/** Milliseconds since the epoch; what a file says may be no time of any calendar. */
export function minuteText(ms: number): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return `${ms} ms since 1970`;
  return `${date.toISOString().slice(0, 16).replace("T", " ")}Z`;
}

function inUnits(
  amount: number,
  units: readonly (readonly [name: string, size: number])[],
): string {
  const [name, size] = units.find(([, least]) => amount >= least) ?? units.at(-1) ?? ["", 1];
  return `${Number((amount / size).toFixed(1)).toLocaleString("en")} ${name}`;
}
