import type { KeyValue } from "../wire/key-value.ts";
import { names, usageNames } from "./conventions.ts";
import type { Dialect } from "./encoding.ts";

/** Says what was said in the latest names in older ones. */
type Translation = (attribute: KeyValue) => readonly KeyValue[];

/** Names that came later. What had no name then is left out, not told under another. */
const after141: ReadonlySet<string> = new Set<string>([
  names.conversationCompacted,
  names.previousResponseId,
  names.promptVersion,
  names.reasoningLevel,
]);

/** Until pull request 440. */
const cacheCreation = "gen_ai.usage.cache_creation.input_tokens";

const in141: Translation = (attribute) => {
  const { key, value } = attribute;
  if (after141.has(key)) return [];
  if (key === usageNames.cacheWrite) return [{ key: cacheCreation, value }];
  if (key === names.topK && "intValue" in value)
    return [{ key, value: { doubleValue: Number(value.intValue) } }];
  return [attribute];
};

/** Providers that had another name while the attribute was called `gen_ai.system`. */
const systems: ReadonlyMap<string, string> = new Map([["x_ai", "xai"]]);

/** The names of 1.41 for what had none yet: messages were log records then, and nothing said how a cache was used. */
const in136: Translation = (attribute) =>
  in141(attribute).map(({ key, value }) => {
    if (key !== names.providerName || !("stringValue" in value)) return { key, value };
    const { stringValue } = value;
    return {
      key: "gen_ai.system",
      value: { stringValue: systems.get(stringValue) ?? stringValue },
    };
  });

const translations: Readonly<Record<Dialect, Translation | null>> = {
  latest: null,
  "1.41": in141,
  "1.36": in136,
};

export function inDialect(
  attributes: readonly KeyValue[],
  dialect: Dialect = "latest",
): readonly KeyValue[] {
  const translation = translations[dialect];
  return translation === null ? attributes : attributes.flatMap(translation);
}
