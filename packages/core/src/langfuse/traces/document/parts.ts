import { isRecord } from "../../../vocabulary/json.ts";
import { parsed, type Row, rowsOf, textOf } from "../row.ts";

/** What a document holds, from wherever in it. */
export interface Parts {
  readonly traces: Row[];
  readonly observations: Row[];
  readonly scores: Row[];
  /** Texts that are none of these. */
  readonly others: string[];
}

/**
 * All that Langfuse gives: a trace with its observations and scores, as its API answers and as its page downloads it; a list or a page of any of
 * these; a session; and lines of them. Throws a sentence where nothing of it is there.
 */
export function partsOf(text: string): Parts {
  const parts: Parts = { traces: [], observations: [], scores: [], others: [] };
  const whole = parsed(text);
  if (whole !== undefined) gather(whole, parts);
  else {
    for (const line of text.split("\n"))
      if (line.trim() !== "") gather(parsed(line) ?? line, parts);
  }
  const { traces, observations, scores } = parts;
  if (traces.length + observations.length + scores.length === 0)
    throw new Error(
      whole === undefined
        ? "it is no JSON or not all of it (what is compressed has to be unpacked first)"
        : "it is JSON but holds no trace or observation or score of Langfuse",
    );
  return parts;
}

function gather(said: unknown, parts: Parts): void {
  if (Array.isArray(said)) {
    for (const item of said) gather(item, parts);
    return;
  }
  if (!isRecord(said)) {
    parts.others.push(JSON.stringify(said) ?? "");
    return;
  }
  const { data, trace, traces } = said;
  if (Array.isArray(data)) gather(data, parts);
  else if (Array.isArray(traces)) gather(traces, parts);
  else if (isRecord(trace) && !isScore(said)) gatherTrace({ ...said, ...trace }, parts);
  else if (Array.isArray(said["observations"]) && !isNamed(said)) gatherRows(null, said, parts);
  else if (isScore(said)) parts.scores.push(said);
  else if (isObservation(said)) parts.observations.push(said);
  else if (isTrace(said)) gatherTrace(said, parts);
  else parts.others.push(JSON.stringify(said));
}

/** A list of traces names observations and scores by their ids alone. */
function gatherTrace({ observations, scores, ...trace }: Row, parts: Parts): void {
  parts.traces.push(trace);
  gatherRows(textOf(trace["id"]), { observations, scores }, parts);
}

function gatherRows(traceId: string | null, { observations, scores }: Row, parts: Parts): void {
  for (const row of rowsOf(observations))
    parts.observations.push(traceId === null ? row : { traceId, ...row });
  for (const row of rowsOf(scores)) parts.scores.push(row);
}

const isNamed = (said: Row): boolean => textOf(said["id"]) !== null;

const isScore = (said: Row): boolean =>
  isNamed(said) &&
  textOf(said["name"]) !== null &&
  ("value" in said || "stringValue" in said) &&
  ("dataType" in said || "source" in said);

const isObservation = (said: Row): boolean =>
  isNamed(said) && "startTime" in said && ("type" in said || "traceId" in said);

const isTrace = (said: Row): boolean =>
  isNamed(said) && ("timestamp" in said || "observations" in said);
