import type { Exporter } from "./exporter.ts";

/** Resolves when each has closed, or failed to: nothing is left to do about that. */
export async function closeExporters(exporters: readonly Exporter[]): Promise<void> {
  await Promise.allSettled(exporters.map(async (exporter) => exporter.close?.()));
}
