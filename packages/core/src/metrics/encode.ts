import { scope } from "../otlp/encode/scope.ts";
import { text } from "../otlp/wire/key-value.ts";
import {
  type MetricsRequest,
  type OtlpHistogramPoint,
  type OtlpMetric,
  type OtlpNumberPoint,
  otlpTemporality,
} from "../otlp/wire/metrics.ts";
import { nanosecondsOf } from "../otlp/wire/nanoseconds.ts";
import type { Point, Series } from "./aggregation.ts";
import type { Instrument } from "./instrument.ts";

/** When a point begins, and when it ends: in milliseconds since the epoch. */
export interface PointTimes {
  readonly end: number;
  startOf(instrument: Instrument, point: Point): number;
}

/** Series as one OTLP request whose points are what was added in a stretch of time. Pure. */
export function encode(
  series: readonly Series[],
  times: PointTimes,
  resource: Readonly<Record<string, string>>,
): MetricsRequest {
  return {
    resourceMetrics: [
      {
        resource: {
          attributes: Object.entries(resource).flatMap(([name, value]) => text(name, value)),
        },
        scopeMetrics: [
          {
            scope,
            metrics: series.map((one) => metricOf(one, times)),
          },
        ],
      },
    ],
  };
}

function metricOf({ instrument, points }: Series, times: PointTimes): OtlpMetric {
  const { name, description, unit } = instrument;
  const named = { name, description, unit };
  const told = (point: Point): Stretch => ({
    startTimeUnixNano: nanoseconds(times.startOf(instrument, point)),
    timeUnixNano: nanoseconds(times.end),
  });
  const aggregationTemporality = otlpTemporality.delta;
  switch (instrument.kind) {
    case "counter": {
      const dataPoints = points.flatMap((point) => numberPoint(point, told(point)));
      return { ...named, sum: { dataPoints, aggregationTemporality, isMonotonic: true } };
    }
    case "highest":
      return {
        ...named,
        gauge: { dataPoints: points.flatMap((point) => numberPoint(point, told(point))) },
      };
    case "histogram": {
      const dataPoints = points.flatMap((point) => histogramPoint(point, instrument, told(point)));
      return { ...named, histogram: { dataPoints, aggregationTemporality } };
    }
    default:
      return instrument satisfies never;
  }
}

type Stretch = Pick<OtlpNumberPoint, "startTimeUnixNano" | "timeUnixNano">;

const nanoseconds = (ms: number): string => nanosecondsOf(ms) ?? "0";

function numberPoint({ labels, amount }: Point, stretch: Stretch): readonly OtlpNumberPoint[] {
  return "value" in amount
    ? [{ ...stretch, asDouble: amount.value, attributes: attributesOf(labels) }]
    : [];
}

function histogramPoint(
  { labels, amount }: Point,
  { bounds }: Extract<Instrument, { readonly kind: "histogram" }>,
  stretch: Stretch,
): readonly OtlpHistogramPoint[] {
  if (!("spread" in amount)) return [];
  const { counts, count, sum, least, greatest } = amount.spread;
  return [
    {
      ...stretch,
      count: String(count),
      sum,
      bucketCounts: counts.map(String),
      explicitBounds: bounds,
      attributes: attributesOf(labels),
      min: least,
      max: greatest,
    },
  ];
}

const attributesOf = (labels: Point["labels"]): OtlpNumberPoint["attributes"] =>
  labels.flatMap(([name, value]) => text(name, value));
