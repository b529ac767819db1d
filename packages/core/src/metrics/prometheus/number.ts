/** Prometheus's own text format, and the standard that came of it. */
export type Format = "text" | "openmetrics";

/** A bound as it stands in a label. OpenMetrics asks for one way of writing each number: with a point, and with an exponent from a million on. */
export function numberIn(format: Format, value: number): string {
  if (format === "text") return String(value);
  if (value >= 1e6) return value.toExponential().replace(/e\+(\d)$/, "e+0$1");
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
