import { type Carrier, writeCarrier } from "../vocabulary/carrier.ts";
import { type Baggage, fittingBaggage, parseBaggage } from "./baggage.ts";
import { mediumOf } from "./media/medium-of.ts";
import type { Medium } from "./medium.ts";
import type { CarrierProblem, Reading } from "./problem.ts";
import { textsUnder } from "./texts.ts";
import { readTraceparent } from "./traceparent.ts";
import { parseTracestate, writeTracestate } from "./tracestate.ts";

/** What came along with a request, a message or a process. */
export interface Extracted {
  /** Null: nothing that can be read as a trace context. Else as version 00 writes it, within the limits of an event. */
  readonly carrier: Carrier | null;
  readonly baggage: Baggage;
  /** What was there and was not taken over; empty where nothing was. */
  readonly problems: readonly CarrierProblem[];
}

/**
 * Reads a trace context and baggage out of headers, a map, message headers with texts or bytes, `_meta`, metadata, an environment: anything
 * that names values, and nothing at all, which is empty. Never throws: what cannot be read is left out, and `problems` says why.
 */
export function extract(from: object | null | undefined): Extracted {
  if (from === null || from === undefined) return { carrier: null, baggage: [], problems: [] };
  const { value: medium, problems } = mediumIn(from);
  if (!medium) return { carrier: null, baggage: [], problems };
  const carrier = carrierIn(medium);
  const baggage = baggageIn(medium);
  return {
    carrier: carrier.value,
    baggage: baggage.value,
    problems: [...carrier.problems, ...baggage.problems],
  };
}

function mediumIn(from: object): Reading<Medium<unknown> | null> {
  const unreadable = { field: null, fault: "unreadable" } as const;
  try {
    const value = mediumOf(from);
    const text = "what was given names no values";
    return { value, problems: value ? [] : [{ ...unreadable, text }] };
  } catch {
    const text = "what was given threw when it was looked at";
    return { value: null, problems: [{ ...unreadable, text }] };
  }
}

function carrierIn(medium: Medium<unknown>): Reading<Carrier | null> {
  const traceparents = textsUnder(medium, "traceparent");
  const tracestates = textsUnder(medium, "tracestate");
  const context = readTraceparent(traceparents.value);
  const problems = [...traceparents.problems, ...context.problems, ...tracestates.problems];
  if (!context.value)
    return { value: null, problems: [...problems, ...orphaned(tracestates.value)] };
  const members = parseTracestate(tracestates.value.join(","));
  const tracestate = writeTracestate(members.value);
  return {
    value: {
      ...writeCarrier(context.value),
      ...(tracestate.value === null ? {} : { tracestate: tracestate.value }),
    },
    problems: [...problems, ...members.problems, ...tracestate.problems],
  };
}

/** Without the trace that it belongs to, it says nothing. */
function orphaned(tracestates: readonly string[]): readonly CarrierProblem[] {
  return tracestates.length > 0
    ? [{ field: "tracestate", fault: "orphaned", text: "tracestate has no valid traceparent" }]
    : [];
}

function baggageIn(medium: Medium<unknown>): Reading<Baggage> {
  const texts = textsUnder(medium, "baggage");
  const parsed = parseBaggage(texts.value.join(","));
  const fitting = fittingBaggage(parsed.value);
  return {
    value: fitting.value,
    problems: [...texts.problems, ...parsed.problems, ...fitting.problems],
  };
}
