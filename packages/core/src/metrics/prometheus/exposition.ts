import type { Point, Series } from "../aggregation.ts";
import type { Spread } from "../cell.ts";
import type { Instrument } from "../instrument.ts";
import type { Labels } from "../labels.ts";
import { familyOf, nameOf, unitOf } from "./names.ts";
import { type Format, numberIn } from "./number.ts";

/** All series as a scrape reads them, behind what is said of the service. Pure. */
export function exposition(
  series: readonly Series[],
  resource: Readonly<Record<string, string>>,
  format: Format,
): string {
  return [
    ...targetInfo(resource, format),
    ...series.flatMap((one) => familyLines(one, format)),
    ...(format === "openmetrics" ? ["# EOF"] : []),
    "",
  ].join("\n");
}

/** OpenTelemetry's way to tell Prometheus of a resource: once, and not on every series. */
function targetInfo(resource: Readonly<Record<string, string>>, format: Format): readonly string[] {
  const family = format === "openmetrics" ? "target" : "target_info";
  const type = format === "openmetrics" ? "info" : "gauge";
  return [
    ...head(family, type, "Who this is.", null),
    `target_info${labelsIn(labelsOf(resource))} 1`,
  ];
}

/**
 * Where two names come to be one, their values stand side by side, as OpenTelemetry's rules ask: of a scrape in which a label stands twice
 * Prometheus would take nothing.
 */
function labelsOf(resource: Readonly<Record<string, string>>): Labels {
  const names = Object.keys(resource).toSorted();
  const groups = Map.groupBy(names, nameOf);
  return Array.from(groups, ([label, same]) => [
    label,
    same.map((name) => resource[name]).join(";"),
  ]);
}

function familyLines({ instrument, points }: Series, format: Format): readonly string[] {
  const name = familyOf(instrument);
  const isCounter = instrument.kind === "counter";
  const family = isCounter && format === "text" ? `${name}_total` : name;
  return [
    ...head(family, types[instrument.kind], instrument.description, unitOf(instrument)),
    ...points.flatMap(({ labels, amount }) =>
      "spread" in amount
        ? histogramLines(name, labels, amount.spread, boundsOf(instrument), format)
        : [`${isCounter ? `${name}_total` : name}${labelsIn(labels)} ${amount.value}`],
    ),
  ];
}

const types: Readonly<Record<Instrument["kind"], string>> = {
  counter: "counter",
  highest: "gauge",
  histogram: "histogram",
};

const boundsOf = (instrument: Instrument): readonly number[] =>
  instrument.kind === "histogram" ? instrument.bounds : [];

function head(family: string, type: string, help: string, unit: string | null): readonly string[] {
  return [
    `# TYPE ${family} ${type}`,
    ...(unit === null ? [] : [`# UNIT ${family} ${unit}`]),
    `# HELP ${family} ${escaped(help)}`,
  ];
}

/** Buckets count all that is less as well. */
function histogramLines(
  name: string,
  labels: Point["labels"],
  { counts, count, sum }: Spread,
  bounds: readonly number[],
  format: Format,
): readonly string[] {
  let below = 0;
  const buckets = bounds.map((bound, place) => {
    below += counts[place] ?? 0;
    const upTo: Labels = [...labels, ["le", numberIn(format, bound)]];
    return `${name}_bucket${labelsIn(upTo)} ${below}`;
  });
  return [
    ...buckets,
    `${name}_bucket${labelsIn([...labels, ["le", "+Inf"]])} ${count}`,
    `${name}_sum${labelsIn(labels)} ${sum}`,
    `${name}_count${labelsIn(labels)} ${count}`,
  ];
}

function labelsIn(labels: Labels): string {
  const pairs = labels.map(([name, value]) => `${nameOf(name)}="${quoted(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

const escaped = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
const quoted = (text: string): string => escaped(text).replaceAll('"', '\\"');
