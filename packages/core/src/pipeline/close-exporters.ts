import type { Exporter } from "./exporter.ts";
import { within } from "./within.ts";

const patienceMs = 1_000;

/** Resolves when each has closed or failed to, or the time is up: nothing is left to do about that. */
export async function closeExporters(
  exporters: readonly Exporter[],
  timeoutMs: number = patienceMs,
): Promise<void> {
  const closing = exporters.map(async (exporter) => exporter.close?.());
  await within(timeoutMs, Promise.allSettled(closing));
}
