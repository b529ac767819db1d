import type { Exporter } from "./exporter.ts";
import { within } from "./within.ts";

const patienceMs = 1_000;

/** With their companions. Resolves when each has closed or failed to, or the time is up: nothing is left to do about that. */
export async function closeExporters(
  exporters: readonly Exporter[],
  timeoutMs: number = patienceMs,
): Promise<void> {
  const closing = exporters.flatMap(withCompanion).map(async (exporter) => exporter.close?.());
  await within(timeoutMs, Promise.allSettled(closing));
}

function withCompanion(exporter: Exporter): readonly Exporter[] {
  return exporter.consumes === "spans" && exporter.companion
    ? [exporter, exporter.companion]
    : [exporter];
}
