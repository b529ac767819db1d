import { type Settings, settingsIn } from "../langfuse/environment.ts";
import { scoreLimits, spanLimits } from "../langfuse/limits.ts";
import { ingestionPath, tracesPath } from "../langfuse/paths.ts";
import { toldWholeUpTo } from "../otlp/encode/context-told.ts";
import type { Environment } from "../otlp/transport/environment.ts";
import { lazyExporter, type LazyExporter } from "./lazy-exporter.ts";

const base = { content: "full" } as const;

/** Langfuse as its own variables say it. What they say wrongly is the exporter's failure when it is loaded, and until then it has no address. */
export function langfuseOf(environment: Environment): LazyExporter {
  const settings = usableSettings(environment);
  const at = (path: string): string => (settings === null ? "" : `${settings.baseUrl}${path}`);
  const sample = settings?.sample ?? null;
  return lazyExporter({
    ...base,
    name: "langfuse",
    limits: spanLimits,
    destination: at(tracesPath),
    wholeContextUpTo: toldWholeUpTo(),
    ...(sample === null ? {} : { sample }),
    companion: {
      ...base,
      name: "langfuse-scores",
      takes: ["score.given"],
      limits: scoreLimits,
      destination: at(ingestionPath),
    },
    load: async () => (await import("../langfuse/langfuse.ts")).langfuse({ environment }),
  });
}

function usableSettings(environment: Environment): Settings | null {
  try {
    return settingsIn({}, environment);
  } catch {
    return null;
  }
}
