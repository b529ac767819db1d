import { type LangfuseRecord, metadataOf, traceOf } from "../native.ts";
import { isOwn } from "../own/own.ts";
import { textOf } from "../row.ts";
import { inOrder } from "./in-order.ts";
import { partsOf } from "./parts.ts";
import { endRow, traceRow, withTrace } from "./trace-rows.ts";

/**
 * What a document of Langfuse holds, as lines for `langfuseTraces` to read, in the order in which it happened. What is nothing of Langfuse comes first, as
 * it stands there. Throws a sentence where all of it is nothing of Langfuse.
 */
export function* langfuseRecords(document: string): Generator<string> {
  const { traces, observations, scores, others } = partsOf(document);
  yield* others;
  const told = new Map(traces.map((trace) => [textOf(trace["id"]), trace]));
  const rows = inOrder(observations.map((row) => withTrace(row, told.get(traceOf(row)))));
  const inTrace = new Set<string | null>(rows.map(traceOf));
  for (const [id, row] of told) if (!inTrace.has(id)) yield lineOf({ of: "trace", row });

  const foreign = Map.groupBy(
    rows.filter((row) => !isOwn(metadataOf(row))),
    traceOf,
  );
  for (const row of rows) {
    const id = traceOf(row);
    const among = foreign.get(id);
    if (among?.[0] === row) yield lineOf({ of: "trace", row: traceRow(told.get(id), row) });
    yield lineOf({ of: "observation", row });
    const end = among?.at(-1) === row ? endRow(told.get(id), among) : null;
    if (end) yield lineOf({ of: "end", row: end });
  }
  for (const row of scores) yield lineOf({ of: "score", row });
}

const lineOf = (record: LangfuseRecord): string => JSON.stringify(record);
