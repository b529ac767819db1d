/**
 * What is measured, and how it adds up. `counter` only grows; `histogram` says how values spread over `bounds`, each the upper end of a bucket
 * that holds it; `highest` is the greatest value of a short while.
 */
export type Instrument = Named &
  (
    | { readonly kind: "counter" | "highest" }
    | { readonly kind: "histogram"; readonly bounds: readonly number[] }
  );

interface Named {
  readonly name: string;
  /** In UCUM, as OpenTelemetry asks: `s`, or what is counted in braces. */
  readonly unit: string;
  readonly description: string;
}

type Told = Pick<Instrument, "unit" | "description">;

export const counter = (name: string, told: Told): Instrument => ({
  kind: "counter",
  name,
  ...told,
});

export const highest = (name: string, told: Told): Instrument => ({
  kind: "highest",
  name,
  ...told,
});

export const histogram = (name: string, bounds: readonly number[], told: Told): Instrument => ({
  kind: "histogram",
  name,
  bounds,
  ...told,
});
