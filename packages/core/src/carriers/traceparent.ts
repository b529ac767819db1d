import { parseTraceparent, type TraceContext } from "../vocabulary/carrier.ts";
import type { CarrierFault, Reading } from "./problem.ts";

/** One header, one context. Several contradict each other, or would if they could, and none of them counts. */
export function readTraceparent(texts: readonly string[]): Reading<TraceContext | null> {
  const [text, ...others] = texts;
  if (text === undefined) return { value: null, problems: [] };
  if (others.length > 0) return none("repeated", `traceparent is there ${texts.length} times`);
  const context = parseTraceparent(text);
  switch (context) {
    case "malformed":
      return none(context, "traceparent breaks its grammar");
    case "zero id":
      return none(context, "traceparent has an id that is all zeros, which stands for none");
    default:
      return { value: context, problems: [] };
  }
}

function none(fault: CarrierFault, text: string): Reading<null> {
  return { value: null, problems: [{ field: "traceparent", fault, text }] };
}
