import type { OtlpScope } from "./otlp.ts";
import type { KeyValue } from "./key-value.ts";

/** The part of OTLP's metrics that is sent, in the JSON form of its protocol buffers: 64-bit numbers as text, enums as numbers. */
export interface MetricsRequest {
  readonly resourceMetrics: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeMetrics: readonly {
      readonly scope: OtlpScope;
      readonly metrics: readonly OtlpMetric[];
    }[];
  }[];
}

/** `delta`: a point holds what was added since the one before it. */
export const otlpTemporality = { delta: 1, cumulative: 2 } as const;
type Temporality = (typeof otlpTemporality)[keyof typeof otlpTemporality];

/** One of the three. */
export interface OtlpMetric {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly gauge?: { readonly dataPoints: readonly OtlpNumberPoint[] };
  readonly sum?: {
    readonly dataPoints: readonly OtlpNumberPoint[];
    readonly aggregationTemporality: Temporality;
    readonly isMonotonic: true;
  };
  readonly histogram?: {
    readonly dataPoints: readonly OtlpHistogramPoint[];
    readonly aggregationTemporality: Temporality;
  };
}

interface Stretch {
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
}

export interface OtlpNumberPoint extends Stretch {
  readonly asDouble: number;
  readonly attributes: readonly KeyValue[];
}

export interface OtlpHistogramPoint extends Stretch {
  readonly count: string;
  readonly sum: number;
  /** One more than there are bounds. */
  readonly bucketCounts: readonly string[];
  readonly explicitBounds: readonly number[];
  readonly attributes: readonly KeyValue[];
  readonly min: number;
  readonly max: number;
}
