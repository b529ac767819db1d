import { baseUrlIn, shareIn } from "../langfuse/environment.ts";
import { toldWholeUpTo } from "../otlp/encode/context-told.ts";
import type { Environment } from "../otlp/transport/environment.ts";
import { lazyExporter, type LazyExporter } from "./lazy-exporter.ts";

const base = { content: "full" } as const;

/** Langfuse as its own variables say it. What they say wrongly is the exporter's failure when it is loaded. */
export function langfuseOf(environment: Environment): LazyExporter {
  const baseUrl = ifUsable(() => baseUrlIn(environment)) ?? "";
  const sample = ifUsable(() => shareIn(environment));
  return lazyExporter({
    ...base,
    name: "langfuse",
    destination: baseUrl,
    wholeContextUpTo: toldWholeUpTo(),
    ...(sample === null ? {} : { sample }),
    companion: { ...base, name: "langfuse-scores", takes: ["score.given"], destination: baseUrl },
    load: async () => (await import("../langfuse/langfuse.ts")).langfuse({ environment }),
  });
}

function ifUsable<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}
