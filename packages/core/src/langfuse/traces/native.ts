import { isRecord, type JsonObject } from "../../vocabulary/json.ts";
import { objectIn, parsed, type Row, textOf } from "./row.ts";

/**
 * What a trace of Langfuse is read as, one after the other: that there is one, each observation in it, that all of them had ended, and each score.
 * A trace that holds nothing but what Spoor has sent there is told by its observations alone.
 */
export type LangfuseRecord =
  | { readonly of: "trace"; readonly row: Row }
  | { readonly of: "observation"; readonly row: Row }
  | { readonly of: "end"; readonly row: Row }
  | { readonly of: "score"; readonly row: Row };

const kinds: ReadonlySet<string> = new Set<LangfuseRecord["of"]>([
  "trace",
  "observation",
  "end",
  "score",
]);

/** A record as `langfuseRecords` writes it. Null: nothing that tells which one it is. */
export function parseRecord(line: string): LangfuseRecord | null {
  const said = parsed(line);
  if (!isRecord(said)) return null;
  const { of, row } = said;
  if (typeof of !== "string" || !kinds.has(of) || !isRecord(row)) return null;
  return textOf(row["id"]) === null ? null : ({ of, row } as LangfuseRecord);
}

/** Langfuse's own kinds of observations. */
const types: ReadonlySet<string> = new Set(
  "SPAN GENERATION EVENT AGENT TOOL CHAIN RETRIEVER EMBEDDING EVALUATOR GUARDRAIL".split(" "),
);

export const typeOf = (row: Row): string => (textOf(row["type"]) ?? "SPAN").toUpperCase();

export const isKnown = ({ of, row }: LangfuseRecord): boolean =>
  of !== "observation" || types.has(typeOf(row));

export const metadataOf = (row: Row): JsonObject => objectIn(row["metadata"]);

export const parentOf = (row: Row): string | null => textOf(row["parentObservationId"]);

/** An observation without a trace of its own name is one by itself. */
export const traceOf = (row: Row): string => textOf(row["traceId"]) ?? textOf(row["id"]) ?? "";
