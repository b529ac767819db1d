import { type Carrier, writeCarrier } from "../../../vocabulary/carrier.ts";
import type { Key, Link, SpanId, TraceId } from "../../../vocabulary/event.ts";
import type { SpanFacts } from "../../facts/span-facts.ts";
import { parentOf, traceOf } from "../native.ts";
import type { Reading } from "../reading.ts";
import { known, type Row } from "../row.ts";

/**
 * What a span hangs on: by its key where the document tells of it, else by its ids, as what came from outside. So does an activation of which nobody tells
 * what it went on from, for it to stay in its trace.
 */
export function parentIn(
  reading: Reading,
  row: Row,
  session: string,
  facts: SpanFacts,
): { readonly parent?: Key | Carrier } {
  const { unsampled, turn } = facts;
  const parentId = parentOf(row);
  if (parentId === null) return {};
  const above = reading.observations.get(parentId);
  const isLost = turn !== undefined && waitOf(reading, facts) === undefined;
  if (above?.session === session && !isLost) return { parent: above.key };
  const traceId = traceOf(row) as TraceId;
  if (!/^[0-9a-f]{32}$/.test(traceId) || !/^[0-9a-f]{16}$/.test(parentId)) return {};
  const spanId = parentId as SpanId;
  return { parent: writeCarrier({ traceId, spanId, sampled: unsampled !== true }) };
}

/**
 * Which suspension an activation goes on from, where the document tells under what name it waited. One that nobody found remains one: its own key is the
 * name of no suspension.
 */
export function resumesIn(
  reading: Reading,
  key: Key,
  facts: SpanFacts,
): { readonly resumes?: string } {
  return facts.continuation === "unknown"
    ? { resumes: key }
    : known({ resumes: waitOf(reading, facts) });
}

function waitOf({ waits }: Reading, { turn, links = [] }: SpanFacts): string | undefined {
  if (turn === undefined) return undefined;
  return waits.get(links.find(({ kind }) => kind === "resume")?.spanId ?? turn);
}

/** What the recorder finds out by itself, it finds again. */
export function linksIn({ links = [] }: SpanFacts): { readonly links?: readonly Link[] } {
  const told = links.flatMap(({ kind, traceId, spanId }): readonly Link[] =>
    kind === "fork" || kind === "cause"
      ? [{ kind, carrier: writeCarrier({ traceId, spanId }) }]
      : [],
  );
  return told.length === 0 ? {} : { links: told };
}
