import type { ReceivedSpan, SpanId } from "@spoor/core";
import type { Role } from "./role.ts";
import type { RuntimeSpan } from "./runtime-span.ts";

/**
 * What has to be known before a span can be placed: what it lies in, or, where a message is handled, what made the message. Null: it begins
 * something. What lies in another process begins something here, because it never comes. In one process AutoGen carries its own context as if it
 * came from elsewhere.
 */
export function precedingOf(span: ReceivedSpan, role: Role): SpanId | null {
  const runtime = role.is === "runtime" ? role.runtime : null;
  if (runtime !== null && isStart(runtime)) return null;
  if (runtime !== null && !runtime.isDistributed)
    return makerOf(span, runtime) ?? span.parentSpanId;
  const isEntry = span.parentIsRemote ?? span.kind === "server";
  return isEntry ? null : span.parentSpanId;
}

/** Since 0.4.9 that is a link. */
const makerOf = ({ links }: ReceivedSpan, { operation }: RuntimeSpan): SpanId | null =>
  operation === "create" ? null : (links[0]?.spanId ?? null);

/** The message that starts a run of a team comes from nobody, and holds the task. */
export const isStart = ({ operation, to, sender, message }: RuntimeSpan): boolean =>
  operation === "process" &&
  to?.kind === "agent" &&
  to.team !== null &&
  sender === null &&
  Object.hasOwn(message, "messages");
