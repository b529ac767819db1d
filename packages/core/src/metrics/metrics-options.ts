import type { Cardinality } from "./label-bound.ts";
import type { SpanPrice } from "../cost/span-price.ts";

/** What is measured, wherever it goes. */
export interface MetricsOptions {
  /** What spans cost; `pricesFrom(book)` makes one of a price book. Default: nothing is said of cost. */
  readonly cost?: SpanPrice;
  /** How many different label values there may be. What comes beyond is called `_other`. */
  readonly cardinality?: Cardinality;
  /**
   * Milliseconds since the epoch. Of turns that began earlier no figures are made that need the whole turn, because some of it may have left with an
   * earlier process. Default: now; 0 where all of history passes through this exporter.
   */
  readonly since?: number;
  /** Else `OTEL_SERVICE_NAME`, else `unknown_service`. */
  readonly service?: string;
  /** Attributes of the service; win over those of `OTEL_RESOURCE_ATTRIBUTES`, name by name. */
  readonly resource?: Readonly<Record<string, string>>;
}
