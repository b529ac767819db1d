import * as fc from "fast-check";
import { expect, test } from "vitest";
import { acceptsOf } from "../schema/accept.ts";
import { carrier as carrierShape } from "../schema/parts.ts";
import { propagated } from "./arbitrary-propagated.ts";
import { extract } from "./extract.ts";
import { fieldNames } from "./field.ts";
import { inject, type Propagated } from "./inject.ts";
import { rawList } from "./media/entries.ts";
import { environment } from "./media/environment.ts";

const fitsAnEvent = acceptsOf(carrierShape);

type Texts = Readonly<Record<string, string>>;

/** What lies at the other end, of what a medium was filled with. */
const journeys: Readonly<Record<string, (context: Propagated) => object>> = {
  "a plain object": (context) => inject(context, {}),
  "JSON text": (context) => JSON.parse(JSON.stringify(inject(context, {}))),
  "headers of fetch": (context) => inject(context, new Headers()),
  "a map": (context) => inject(context, new Map()),
  pairs: (context) => inject(context, []),
  "names and values in turn": (context) => inject(context, rawList([])),
  "an environment": (context) => environment(inject(context, environment({ PATH: "/bin" }))),
  "an environment, read as a plain object": (context) => inject(context, environment({})),
  bytes: (context) => changed(inject(context, {}), (text) => Buffer.from(text)),
  "lists of bytes": (context) => changed(inject(context, {}), (text) => [Buffer.from(text)]),
  "headers that a proxy split at each comma": (context) =>
    changed(inject(context, {}), (text) => text.split(",")),
  "headers in capitals, with blanks": (context) =>
    Object.fromEntries(
      Object.entries(inject(context, {})).map(([name, text]) => [name.toUpperCase(), ` ${text}\t`]),
    ),
  "what held another context": (context) =>
    inject(context, { ...context.carrier, Traceparent: "?", baggage: "" }),
  "a medium that is filled twice": (context) => inject(context, inject(context, new Headers())),
};

function changed(fields: Texts, change: (text: string) => unknown): object {
  return Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, change(text)]));
}

test.each(Object.entries(journeys))("what goes through %s comes out the same", (_, journey) => {
  fc.assert(
    fc.property(propagated, (context) => {
      expect(extract(journey(context))).toEqual({ ...context, problems: [] });
    }),
  );
});

test("whatever comes out can be written, comes out the same again, and fits an event", () => {
  const members = fc.array(
    fc.string({ unit: fc.constantFrom(...Array.from("abc=;,% \t")), maxLength: 40 }),
  );
  fc.assert(
    fc.property(propagated, members, members, ({ carrier }, tracestate, baggage) => {
      const said = { traceparent: carrier.traceparent, tracestate, baggage };
      const { problems, ...extracted } = extract(said);
      expect(extract(inject(extracted, {}))).toEqual({ ...extracted, problems: [] });
      expect(fitsAnEvent(extracted.carrier)).toBe(true);
      if (tracestate.length + baggage.length === 0) expect(problems).toEqual([]);
    }),
  );
});

test("nothing throws, whatever is given and whatever is said", () => {
  const value = fc.anything({ withTypedArray: true, withMap: true, withSet: true });
  const medium = fc.oneof(
    value,
    fc.record(Object.fromEntries(fieldNames.map((name) => [name, value]))),
    fc.array(fc.tuple(fc.constantFrom(...fieldNames), value)),
    fc.array(fc.oneof(fc.constantFrom<string>(...fieldNames), fc.string())),
  );
  fc.assert(
    fc.property(medium, medium, (given, said) => {
      const extracted = extract(given as object);
      expect(extracted.carrier === null || fitsAnEvent(extracted.carrier)).toBe(true);
      inject(extracted, said as Texts);
      inject(said as Propagated, given as Texts);
      inject({ carrier: said, baggage: said } as Propagated, {});
    }),
    { numRuns: 1000 },
  );
});

function isForeign([name]: readonly [string, string]): boolean {
  return !fieldNames.some((field) => field === name.toLowerCase());
}

test("filling leaves what was given as it is, and takes nothing else from it", () => {
  const headers = fc.dictionary(
    fc.oneof(fc.string(), fc.constantFrom("Traceparent", "BAGGAGE", "tracestate", "__proto__")),
    fc.string(),
  );
  fc.assert(
    fc.property(propagated, headers, (context, given) => {
      const before = structuredClone(Object.entries(given));
      const filled = Object.entries(inject(context, Object.freeze(given)));
      expect(Object.entries(given)).toEqual(before);
      expect(filled.filter(isForeign)).toEqual(before.filter(isForeign));
    }),
  );
});
