import type { Instrument } from "../instrument.ts";

/** UCUM's units in Prometheus's words; what stands in braces only says what is counted, and is no unit. */
const units: Readonly<Record<string, string>> = {
  By: "bytes",
  ms: "milliseconds",
  s: "seconds",
};

/** Null: it has no unit that Prometheus would name. */
export function unitOf({ unit }: Instrument): string | null {
  return unit.startsWith("{") ? null : (units[unit] ?? nameOf(unit));
}

/** An instrument's name as OpenTelemetry's rules make one for Prometheus, without the `_total` of a counter. */
export function familyOf(instrument: Instrument): string {
  const name = nameOf(instrument.name);
  const unit = unitOf(instrument);
  return unit === null || name.endsWith(`_${unit}`) ? name : `${name}_${unit}`;
}

/** Letters, digits and single underscores, at least one of them, and no digit first. */
export function nameOf(name: string): string {
  const written = name.replaceAll(/[^a-zA-Z0-9]+/g, "_");
  return /^(?:\d|$)/.test(written) ? `_${written}` : written;
}
