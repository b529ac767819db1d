import { isRecord, type Medium } from "@spoor/core";
import { namedValues } from "./named-values.ts";

/** As far as it matters here: the options of a BullMQ job. */
export interface BullmqOptions {
  readonly telemetry?: { readonly metadata?: string; readonly omitContext?: boolean };
}

type Metadata = Readonly<Record<string, unknown>>;

/**
 * BullMQ keeps a job's trace context as JSON text in its options, where every retry of the job finds it again. (`add` of a queue with telemetry of its own
 * writes over it, `addBulk` does not.)
 */
export function bullmqOptions<Options extends BullmqOptions>(options: Options): Medium<Options> {
  const { telemetry } = options;
  const read = telemetry?.metadata === undefined ? {} : metadataIn(telemetry.metadata);
  const metadata = namedValues(read ?? {}, { nameOf: (field) => field });
  return {
    given: options,
    valuesOf: (field) => {
      // What a medium throws is said as a problem.
      if (!read) throw new TypeError("the metadata of the job is no JSON of names and values");
      return metadata.valuesOf(field);
    },
    filledWith: (fields) => ({
      ...options,
      telemetry: { ...telemetry, metadata: JSON.stringify(metadata.filledWith(fields)) },
    }),
  };
}

/** Null: not what BullMQ keeps there. */
function metadataIn(text: string): Metadata | null {
  try {
    const metadata: unknown = JSON.parse(text);
    return isRecord(metadata) && !Array.isArray(metadata) ? metadata : null;
  } catch {
    return null;
  }
}
