import type { UnsampledPolicy } from "../pipeline/exporter.ts";

const unsampledPolicies: readonly UnsampledPolicy[] = ["filter", "send"];

/** Where else spans could go, and as whose: an SDK has all of this itself. */
const ownTransportOnly = [
  "preset",
  "url",
  "headers",
  "protocol",
  "compression",
  "service",
] as const;

/** Throws for what is neither. */
export function checkedPolicy(given: UnsampledPolicy = "filter"): UnsampledPolicy {
  if (unsampledPolicies.includes(given)) return given;
  throw new TypeError(
    `expected unsampled to be ${unsampledPolicies.join(", ")}, received "${given}"`,
  );
}

/** Attributes of a service that can be sent as they are. Throws, naming the attribute, for one that is no text. */
export function checkedResource(
  attributes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries<unknown>(attributes))
    if (typeof value !== "string")
      throw new TypeError(
        `expected ${name} of the resource to be a text, received ${typeof value}`,
      );
  return attributes;
}

/** Throws for what nobody would heed: an address beside an SDK, say. */
export function refuseOwnTransport(options: object): void {
  const found = ownTransportOnly.filter((name) => name in options);
  if (found.length > 0)
    throw new TypeError(
      `through sends by the application's own SDK, by its address and its key: leave out ${found.join(", ")}`,
    );
}
