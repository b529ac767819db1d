import { repeated } from "./breaches.ts";
import {
  type LooseMetric,
  type LooseMetrics,
  pointsOf,
  type ReceivedPoint,
} from "./received-metrics.ts";

/** What a Collector takes of metrics and OTLP forbids all the same, over all requests of one sender. Each in words; none where all is well. */
export function metricBreachesIn(requests: readonly LooseMetrics[]): readonly string[] {
  const points = requests.flatMap(pointsOf);
  const series = Map.groupBy(points, seriesOf);
  return [
    ...requests.flatMap(metricsIn).flatMap(shapeOf),
    ...points.flatMap((point) => amountsOf(point).map((what) => `${point.name}: ${what}`)),
    ...[...series].flatMap(([name, its]) => timesOf(its).map((what) => `${name}: ${what}`)),
  ];
}

const seriesOf = ({ instance, name, attributes }: ReceivedPoint): string =>
  JSON.stringify([instance, name, attributes]);

const metricsIn = ({ resourceMetrics = [] }: LooseMetrics): readonly LooseMetric[] =>
  resourceMetrics.flatMap(({ scopeMetrics = [] }) =>
    scopeMetrics.flatMap(({ metrics = [] }) => metrics),
  );

function shapeOf(metric: LooseMetric): readonly string[] {
  const { name = "", unit = "", description = "", gauge, sum, histogram } = metric;
  const data = [gauge, sum, histogram].filter((one) => one !== undefined);
  const points = data.flatMap(({ dataPoints = [] }) => dataPoints);
  const what = [
    ...(/^[a-z][\w./-]{0,254}$/i.test(name) ? [] : ["is no name of an instrument"]),
    ...(unit === "" || description === "" ? ["has no unit or no description"] : []),
    ...(data.length === 1 && points.length > 0 ? [] : ["has no points, or of more than one type"]),
    ...(sum && !sum.isMonotonic ? ["is a sum that may fall"] : []),
    ...(gauge || (sum ?? histogram)?.aggregationTemporality === delta ? [] : ["is no delta"]),
    ...points.flatMap(({ attributes = [] }) => repeated(attributes.map(({ key }) => key))),
  ];
  return what.map((words) => `${name}: ${words}`);
}

const delta = 1;

function amountsOf({ type, value, count, buckets, bounds, ...point }: ReceivedPoint): string[] {
  if (!(value >= 0)) return [`the value ${value}`];
  if (type !== "histogram") return [];
  const counted = buckets.reduce((sum, bucket) => sum + Number(bucket), 0);
  const rising = bounds.every((bound, place) => bound > (bounds[place - 1] ?? -Infinity));
  const { least, greatest } = point;
  const isWithin = least * count <= value * 1.000_001 && value <= greatest * count * 1.000_001;
  return [
    ...(buckets.length === bounds.length + 1 && rising ? [] : ["buckets that are none"]),
    ...(counted === count && count > 0 ? [] : [`${count} values in buckets of ${counted}`]),
    ...(isWithin ? [] : [`a sum of ${value} between ${least} and ${greatest}`]),
  ];
}

/** Deltas of a series follow each other: none is empty, and none begins before the last one ended. */
function timesOf(points: readonly ReceivedPoint[]): readonly string[] {
  return points.flatMap(({ start, time }, place) => {
    const before = points[place - 1]?.time ?? "0";
    return [
      ...(BigInt(start) < BigInt(time) ? [] : [`from ${start} to ${time}`]),
      ...(BigInt(before) <= BigInt(start) ? [] : [`begins at ${start}, before ${before}`]),
    ];
  });
}
