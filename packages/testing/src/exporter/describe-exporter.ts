import type { Exporter } from "@spoor/core";
import { describe } from "vitest";
import type { Arrival, Destination } from "./destination.ts";
import { contentLaws } from "./laws/content.ts";
import { deliveryLaws } from "./laws/delivery.ts";
import { hostilityLaws } from "./laws/hostility.ts";
import { isolationLaws } from "./laws/isolation.ts";

/**
 * The laws that every exporter keeps, over its real way out: what resolved has arrived, what failed is said and comes again whole, nothing goes
 * out that may not, nothing that was said turns into an empty value, and two exporters are two. `make` gives a fresh exporter each
 * time, one that sends content where it gets some.
 */
export function describeExporter<Place, Arrived extends Arrival>(
  name: string,
  make: (place: Place) => Exporter,
  destination: Destination<Place, Arrived>,
): void {
  const subject = { make, destination };
  describe(`the exporter ${name}`, () => {
    deliveryLaws(subject);
    contentLaws(subject);
    hostilityLaws(subject);
    isolationLaws(subject);
    destination.laws?.(subject);
  });
}
