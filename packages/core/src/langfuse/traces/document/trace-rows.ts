import { parentOf, traceOf, typeOf } from "../native.ts";
import { filled, known, noFields, type Row, textsOf, timeOf } from "../row.ts";

/** An observation with what older servers say on its trace alone. */
export function withTrace(row: Row, trace: Row = noFields): Row {
  const { sessionId, userId, name, tags, environment, release } = trace;
  return {
    ...filled({ sessionId, userId, traceName: name, environment, release }),
    ...(textsOf(tags).length === 0 ? {} : { tags }),
    ...filled(row),
  };
}

/** A trace with what its first observation says; where nothing else tells of it, that is all. */
export function traceRow(trace: Row = noFields, first: Row): Row {
  const { sessionId, userId, traceName, tags, environment, release, startTime } = first;
  return {
    ...known({ sessionId, userId, name: traceName, tags, environment, release }),
    id: traceOf(first),
    ...(timeOf(trace["timestamp"]) === null ? { startTime } : {}),
    ...filled(trace),
  };
}

/** When all of a trace had ended, and how; what came out of it, where it does not say that itself. Null: not all of it has ended. */
export function endRow(trace: Row = noFields, observations: readonly Row[]): Row | null {
  const spans = observations.filter((row) => typeOf(row) !== "EVENT");
  const ends = spans.flatMap((row) => timeOf(row["endTime"]) ?? []);
  if (spans.length === 0 || ends.length < spans.length) return null;
  const roots = spans.filter((row) => parentOf(row) === null);
  const [only, ...others] = roots;
  const failed = roots.find(({ level }) => level === "ERROR");
  const output = "output" in filled(trace) || others.length > 0 ? null : only?.["output"];
  return {
    id: traceOf(observations[0] ?? noFields),
    endTime: new Date(Math.max(...ends)).toISOString(),
    ...(failed ? filled({ level: "ERROR", statusMessage: failed["statusMessage"] }) : {}),
    ...filled({ output }),
  };
}
