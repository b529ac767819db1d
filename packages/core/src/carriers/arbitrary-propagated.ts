import * as fc from "fast-check";
import { type Carrier, writeCarrier } from "../vocabulary/carrier.ts";
import type { SpanId, TraceId } from "../vocabulary/ids.ts";
import type { Baggage, BaggageEntry, BaggageProperty } from "./baggage.ts";

function text(characters: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  const unit = fc.constantFrom(...Array.from(characters));
  return fc.string({ unit, minLength, maxLength });
}

function id(digits: number): fc.Arbitrary<string> {
  return text("0123456789abcdef", digits, digits).filter((hex) => !/^0+$/.test(hex));
}

const visible: string = String.fromCharCode(...Array.from({ length: 94 }, (_, at) => 0x21 + at));
const lower = "abcdefghijklmnopqrstuvwxyz0123456789";
const tracestateKey: fc.Arbitrary<string> = fc
  .tuple(text(lower, 1, 1), text(`${lower}_-*/@`, 0, 12))
  .map((parts) => parts.join(""));
const tracestateValue: fc.Arbitrary<string> = fc
  .tuple(text(` ${visible.replaceAll(/[,=]/g, "")}`, 0, 12), text(lower, 1, 1))
  .map((parts) => parts.join(""));

/** Any number of members that W3C allows, none said twice, short enough for all of them. */
export const tracestate: fc.Arbitrary<string> = fc
  .uniqueArray(fc.tuple(tracestateKey, tracestateValue), {
    minLength: 1,
    maxLength: 32,
    selector: ([key]) => key,
  })
  .map((members) => members.map((member) => member.join("=")).join(","));

export const carrier: fc.Arbitrary<Carrier> = fc
  .record({
    traceId: id(32) as fc.Arbitrary<TraceId>,
    spanId: id(16) as fc.Arbitrary<SpanId>,
    sampled: fc.boolean(),
    random: fc.boolean(),
    tracestate: fc.option(tracestate),
  })
  .map(({ tracestate: members, ...context }) => ({
    ...writeCarrier(context),
    ...(members === null ? {} : { tracestate: members }),
  }));

const token: fc.Arbitrary<string> = text("aZ09!#$%&'*+-.^_`|~", 1, 8);
/** Every text that has bytes: no half of a surrogate pair. */
const anyText: fc.Arbitrary<string> = fc.string({ unit: "binary", maxLength: 8 });

const property: fc.Arbitrary<BaggageProperty> = fc.oneof(
  fc.record({ key: token }),
  fc.record({ key: token, value: anyText }),
);
const entry: fc.Arbitrary<BaggageEntry> = fc.oneof(
  fc.record({ key: token, value: anyText }),
  fc.record({
    key: token,
    value: anyText,
    properties: fc.array(property, { minLength: 1, maxLength: 2 }),
  }),
);

/** Within the limits however it is encoded. */
export const baggage: fc.Arbitrary<Baggage> = fc.array(entry, { maxLength: 12 });

/** What can be sent along, in the one form that is written. */
export const propagated: fc.Arbitrary<{ readonly carrier: Carrier; readonly baggage: Baggage }> =
  fc.record({ carrier, baggage });
