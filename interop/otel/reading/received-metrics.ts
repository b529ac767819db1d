import type { KeyValue } from "../../../packages/core/src/otlp/wire/key-value.ts";
import { type Attributes, attributesOf } from "./received.ts";

/** A point as OTLP's JSON has it, whoever wrote it: what is empty may be absent. */
export interface LoosePoint {
  readonly attributes?: readonly KeyValue[];
  readonly startTimeUnixNano?: string;
  readonly timeUnixNano?: string;
  readonly asDouble?: number;
  readonly count?: string;
  readonly sum?: number;
  readonly bucketCounts?: readonly string[];
  readonly explicitBounds?: readonly number[];
  readonly min?: number;
  readonly max?: number;
}

interface LooseData {
  readonly dataPoints?: readonly LoosePoint[];
  readonly aggregationTemporality?: number;
  readonly isMonotonic?: boolean;
}

export interface LooseMetric {
  readonly name?: string;
  readonly unit?: string;
  readonly description?: string;
  readonly gauge?: LooseData;
  readonly sum?: LooseData;
  readonly histogram?: LooseData;
}

export interface LooseMetrics {
  readonly resourceMetrics?: readonly {
    readonly resource?: { readonly attributes?: readonly KeyValue[] };
    readonly scopeMetrics?: readonly { readonly metrics?: readonly LooseMetric[] }[];
  }[];
}

/** A point at its destination, with all that is said of its metric and of who sent it: nothing is absent there. */
export interface ReceivedPoint {
  readonly service: string;
  readonly instance: string;
  readonly name: string;
  readonly unit: string;
  readonly type: "gauge" | "sum" | "histogram";
  readonly temporality: number;
  readonly start: string;
  readonly time: string;
  readonly attributes: Attributes;
  /** Of a histogram its sum. */
  readonly value: number;
  readonly count: number;
  readonly buckets: readonly string[];
  readonly bounds: readonly number[];
  readonly least: number;
  readonly greatest: number;
}

export function pointsOf({ resourceMetrics = [] }: LooseMetrics): readonly ReceivedPoint[] {
  return resourceMetrics.flatMap(({ resource, scopeMetrics = [] }) => {
    const said = attributesOf(resource?.attributes);
    const sender = {
      service: String(said["service.name"]),
      instance: String(said["service.instance.id"]),
    };
    return scopeMetrics.flatMap(({ metrics = [] }) =>
      metrics.flatMap((metric) => pointsIn(metric).map((point) => ({ ...sender, ...point }))),
    );
  });
}

type Point = Omit<ReceivedPoint, "service" | "instance">;

function pointsIn({ name = "", unit = "", ...metric }: LooseMetric): readonly Point[] {
  return (["gauge", "sum", "histogram"] as const).flatMap((type) => {
    const { dataPoints = [], aggregationTemporality: temporality = 0 } = metric[type] ?? {};
    return dataPoints.map((point) => ({ name, unit, type, temporality, ...amountOf(point) }));
  });
}

function amountOf(point: LoosePoint): Omit<Point, "name" | "unit" | "type" | "temporality"> {
  return {
    start: point.startTimeUnixNano ?? "0",
    time: point.timeUnixNano ?? "0",
    attributes: attributesOf(point.attributes),
    value: point.asDouble ?? point.sum ?? 0,
    count: Number(point.count ?? 0),
    buckets: point.bucketCounts ?? [],
    bounds: point.explicitBounds ?? [],
    least: point.min ?? 0,
    greatest: point.max ?? 0,
  };
}
