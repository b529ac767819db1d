import { isRecord, type Medium } from "@spoor/core";
import { namedValues } from "./named-values.ts";

/** As far as it matters here: the options of a BullMQ job. */
export interface BullmqOptions {
  readonly telemetry?: { readonly metadata?: string; readonly omitContext?: boolean };
}

/** BullMQ keeps a job's trace context as JSON text in its options, where every retry of the job finds it again. */
export function bullmqOptions<Options extends BullmqOptions>(options: Options): Medium<Options> {
  const metadata = namedValues(metadataIn(options), { nameOf: (field) => field });
  return {
    given: options,
    valuesOf: (field) => metadata.valuesOf(field),
    filledWith: (fields) => ({
      ...options,
      telemetry: { ...options.telemetry, metadata: JSON.stringify(metadata.filledWith(fields)) },
    }),
  };
}

function metadataIn({ telemetry }: BullmqOptions): Readonly<Record<string, unknown>> {
  try {
    const metadata: unknown = JSON.parse(telemetry?.metadata ?? "{}");
    return isRecord(metadata) ? metadata : {};
  } catch {
    return {};
  }
}
