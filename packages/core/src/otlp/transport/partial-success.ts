import { isRecord } from "../../vocabulary/json.ts";
import { fieldsIn } from "../wire/protobuf/read-fields.ts";
import type { Answer } from "./answer.ts";
import { isProtobuf, said, textOf } from "./saying.ts";

/** What a collector says it did not take of what it accepted. */
export interface PartialSuccess {
  readonly rejected: number;
  readonly what: string;
  /** Behind a colon; empty where it gave no reason. */
  readonly why: string;
}

/** Null: it took all, or says nothing that can be understood. Collectors may answer in another encoding than they were asked in, or with nothing. */
export function partialSuccessIn(answer: Answer): PartialSuccess | null {
  return isProtobuf(answer) ? inProtobuf(answer.body) : inJson(textOf(answer.body));
}

function inProtobuf(body: Uint8Array): PartialSuccess | null {
  const partial = fieldsIn(body).get(1);
  if (!(partial instanceof Uint8Array)) return null;
  const fields = fieldsIn(partial);
  const rejected = fields.get(1);
  const why = fields.get(2);
  return {
    rejected: typeof rejected === "bigint" ? Number(BigInt.asIntN(64, rejected)) : 0,
    what: "items",
    why: why instanceof Uint8Array ? said(textOf(why)) : "",
  };
}

/** How many, by what the signals call what they send. */
const counts = [
  ["rejectedSpans", "spans"],
  ["rejectedLogRecords", "log records"],
  ["rejectedDataPoints", "data points"],
] as const;

function inJson(body: string): PartialSuccess | null {
  const response = parsed(body);
  const partial = isRecord(response) ? response["partialSuccess"] : undefined;
  if (!isRecord(partial)) return null;
  const [name, what] = counts.find(([count]) => partial[count] !== undefined) ?? counts[0];
  const why = partial["errorMessage"];
  return {
    rejected: Math.ceil(Number(partial[name] ?? 0)),
    what,
    why: typeof why === "string" ? said(why) : "",
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
