import type { KeyValue } from "../../wire/key-value.ts";
import type { OverlayName } from "../encoding.ts";
import { braintrust } from "./braintrust.ts";
import { langfuse } from "./langfuse.ts";
import { langsmith } from "./langsmith.ts";
import { openinference } from "./openinference.ts";
import type { Overlay, Told } from "./overlay.ts";

const overlays: Readonly<Record<OverlayName, Overlay>> = {
  openinference,
  langfuse,
  langsmith,
  braintrust,
};

/** What is there stays as it is: a name that is taken is not said again, whoever took it. */
export function overlaid(
  attributes: readonly KeyValue[],
  told: Told,
  names: readonly OverlayName[],
): readonly KeyValue[] {
  if (names.length === 0) return attributes;
  const all = new Map(attributes.map((attribute) => [attribute.key, attribute]));
  for (const attribute of names.flatMap((name) => overlays[name](told)))
    if (!all.has(attribute.key)) all.set(attribute.key, attribute);
  return [...all.values()];
}
