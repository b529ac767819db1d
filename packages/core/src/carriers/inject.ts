import { type Carrier, readCarrier } from "../vocabulary/carrier.ts";
import { type Baggage, fittingBaggage, joinBaggage, writeBaggage } from "./baggage.ts";
import { extract, type Extracted } from "./extract.ts";
import type { FieldName, Fields } from "./field.ts";
import { mediumOf } from "./media/medium-of.ts";
import type { Medium } from "./medium.ts";
import type { CarrierProblem, Reading } from "./problem.ts";
import {
  joinTracestate,
  parseTracestate,
  type TracestateMember,
  writeTracestate,
} from "./tracestate.ts";

/** What is sent along: nothing but this goes out. What `extract` answers is one. */
export interface Propagated {
  /** Null: the trace context that lies there stays as it is. */
  readonly carrier: Carrier | null;
  /** Its keys win over those that lie there. Absent or empty: the baggage that lies there stays as it is. */
  readonly baggage?: Baggage;
}

/** Hears what was not written, and why. */
export type Tell = (problem: CarrierProblem) => void;

/**
 * A copy of what was given, of the same kind, with the trace context and the baggage in it; what was given stays as it is. Tracestate that
 * lies there is kept where it is of the same trace, and baggage where the caller does not say it anew. Never throws, except what `tell`
 * does: what is invalid is not written, and where no copy can be made the answer is what was given.
 */
export function inject<Filled>(context: Propagated, into: Medium<Filled>, tell?: Tell): Filled;
export function inject(context: Propagated, into: Headers, tell?: Tell): Headers;
export function inject<Value = never>(
  context: Propagated,
  into: ReadonlyMap<string, Value>,
  tell?: Tell,
): Map<string, Value | string>;
export function inject<Value = never>(
  context: Propagated,
  into: Iterable<readonly [string, Value]>,
  tell?: Tell,
): [string, Value | string][];
export function inject<Value = never>(
  context: Propagated,
  into: Readonly<Record<string, Value>>,
  tell?: Tell,
): Record<string, Value | string>;
export function inject(context: Propagated, into: object, tell: Tell = () => {}): unknown {
  const { value, problems } = filled(context, into);
  for (const problem of problems) tell(problem);
  return value;
}

function filled(context: Propagated, into: object): Reading<unknown> {
  let given: unknown = into;
  try {
    const medium = mediumOf(into);
    if (!medium) return { value: into, problems: [uncopied] };
    given = medium.given;
    const { value: fields, problems } = fieldsOf(context, extract(medium));
    return { value: medium.filledWith(fields), problems };
  } catch {
    return { value: given, problems: [uncopied] };
  }
}

const uncopied: CarrierProblem = {
  field: null,
  fault: "unreadable",
  text: "what was given cannot be copied, and stays without the context",
};

function fieldsOf(context: Propagated, lying: Extracted): Reading<Fields> {
  const trace = traceFields(context.carrier, lying);
  const baggage = baggageField(context.baggage ?? [], lying);
  return {
    value: { ...trace.value, ...baggage.value },
    problems: [...trace.problems, ...baggage.problems],
  };
}

function traceFields(carrier: Carrier | null, lying: Extracted): Reading<Fields> {
  const { carrier: valid, problems } = extract(carrier);
  if (!valid) return { value: {}, problems };
  const foreign = ofTheSameTrace(valid, lying.carrier) ? lying : nothing;
  const members = joinTracestate(membersOf(valid), membersOf(foreign.carrier));
  const tracestate = writeTracestate(members);
  return {
    value: { traceparent: valid.traceparent, tracestate: tracestate.value },
    problems: [...problems, ...about("tracestate", foreign), ...tracestate.problems],
  };
}

function baggageField(baggage: Baggage, lying: Extracted): Reading<Fields> {
  if (baggage.length === 0) return { value: {}, problems: [] };
  const fitting = fittingBaggage(joinBaggage(baggage, lying.baggage));
  return {
    value: { baggage: writeBaggage(fitting.value) },
    problems: [...about("baggage", lying), ...fitting.problems],
  };
}

const nothing: Extracted = extract(null);

function ofTheSameTrace(left: Carrier, right: Carrier | null): boolean {
  return right !== null && readCarrier(left)?.traceId === readCarrier(right)?.traceId;
}

function membersOf(carrier: Carrier | null): readonly TracestateMember[] {
  return parseTracestate(carrier?.tracestate ?? "").value;
}

function about(field: FieldName, { problems }: Extracted): readonly CarrierProblem[] {
  return problems.filter((problem) => problem.field === field);
}
