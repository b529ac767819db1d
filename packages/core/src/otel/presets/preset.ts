import type { EncodingOptions } from "../../otlp/encode/encoding.ts";
import type { Environment } from "../../otlp/transport/environment.ts";
import { type PresetName, presetNames } from "./preset-names.ts";
import { type PresetHeader, type PresetRow, presetRows } from "./rows.ts";

type Texts = Readonly<Record<string, string>>;

/** What `otel` is told by the name of a product, as if the caller had said it. */
export interface PresetOptions extends EncodingOptions {
  readonly url: string;
  readonly headers: Texts;
  readonly resource: Texts;
}

/**
 * Address, key and names of a product. The key comes from the variable that the product itself names, unless its header is `given`. Throws,
 * naming what to set, where something is missing without which nothing would be accepted.
 */
export function presetOptions(
  name: PresetName,
  environment: Environment,
  given: Texts,
): PresetOptions {
  const row = rowOf(name);
  const variable = (of: string): string | null => environment[of]?.trim() || null;
  const headers = (row.headers ?? []).flatMap((header) =>
    headerOf(header, variable(header.variable), name, given),
  );
  const resource = Object.entries(row.resource ?? {}).flatMap(([attribute, of]) => {
    const value = variable(of);
    return value === null ? [] : [[attribute, value]];
  });
  const { overlay, maxAttributeBytes, fixedHeaders } = row;
  return {
    url: urlOf(row, variable),
    headers: { ...fixedHeaders, ...Object.fromEntries(headers) },
    resource: Object.fromEntries(resource) as Texts,
    ...(overlay === undefined ? {} : { overlays: [overlay] }),
    ...(maxAttributeBytes === undefined ? {} : { maxAttributeBytes }),
  };
}

function rowOf(name: PresetName): PresetRow {
  if (Object.hasOwn(presetRows, name)) return presetRows[name];
  throw new TypeError(`expected preset to be ${presetNames.join(", ")}, received "${name}"`);
}

/** Some products' variables hold the whole address, some only where it begins. */
function urlOf(row: PresetRow, variable: (of: string) => string | null): string {
  const site = row.site && (variable(row.site.variable) ?? row.site.otherwise);
  const base = (row.endpoint && variable(row.endpoint)) ?? row.base.replace("{site}", site ?? "");
  const trimmed = base.replace(/\/+$/, "");
  return trimmed.endsWith(row.path) ? trimmed : `${trimmed}${row.path}`;
}

function headerOf(
  { name, variable, before = "", needed }: PresetHeader,
  value: string | null,
  preset: string,
  given: Texts,
): readonly (readonly [string, string])[] {
  if (Object.keys(given).some((header) => header.toLowerCase() === name)) return [];
  if (value !== null) return [[name, `${before}${value}`]];
  if (needed === undefined) return [];
  throw new TypeError(
    `${preset} accepts nothing without the header ${name}, set ${variable} to ${needed} or give the header`,
  );
}
