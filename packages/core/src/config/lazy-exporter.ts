import { asError } from "../journal/disk/journal-error.ts";
import { ExportFailure } from "../pipeline/export-failure.ts";
import type { EventExporter, SpanExporter } from "../pipeline/exporter.ts";

/** What is known of an exporter before its module is there. */
export interface LazyExporterOptions extends Pick<
  SpanExporter,
  "name" | "content" | "limits" | "sample" | "unsampled" | "wholeContextUpTo"
> {
  /** Where it will send, as far as people may read it. */
  readonly destination?: string;
  /** What is known of the companion that it will have. */
  readonly companion?: Omit<EventExporter, "consumes" | "export" | "check" | "close">;
  /** Imports the module and makes the exporter. */
  readonly load: () => Promise<SpanExporter>;
}

/** An exporter that knows where it sends. */
export interface LazyExporter extends SpanExporter {
  readonly destination?: string;
}

/**
 * An exporter whose module is imported with the first batch: what is never sent costs nothing. Where it cannot be loaded, nothing was sent and
 * nothing is dropped: the batch stays pending with the reason, and the next attempt tries to load again.
 */
export function lazyExporter({ load, companion, ...known }: LazyExporterOptions): LazyExporter {
  let loading: Promise<SpanExporter> | null = null;
  const loaded = async (): Promise<SpanExporter> => {
    loading ??= load();
    try {
      return await loading;
    } catch (cause) {
      loading = null;
      const message = `the exporter ${known.name} cannot be loaded: ${asError(cause).message}`;
      throw new ExportFailure(message, {
        retry: "same",
        answered: true,
        needsRepair: true,
        cause,
      });
    }
  };
  return {
    ...known,
    ...(companion ? { companion: companionOf(loaded, companion) } : {}),
    consumes: "spans",
    async export(batch, context) {
      const exporter = await loaded();
      await exporter.export(batch, context);
    },
    async check(signal) {
      try {
        return (await (await loaded()).check?.(signal)) ?? null;
      } catch (error) {
        if (loading === null && ExportFailure.is(error)) return asError(error.cause).message;
        throw error;
      }
    },
    async close() {
      if (loading) await (await loaded()).close?.();
    },
  };
}

/** The companion of what will be loaded. What has closed its exporter has closed it as well. */
function companionOf(
  loaded: () => Promise<SpanExporter>,
  known: NonNullable<LazyExporterOptions["companion"]>,
): EventExporter {
  return {
    ...known,
    consumes: "events",
    async export(batch, context) {
      const { companion } = await loaded();
      await companion?.export(batch, context);
    },
  };
}
