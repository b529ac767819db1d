import type { Span } from "../../../../run-tree/span.ts";
import { isEnvironment } from "./environment-name.ts";
import type { TraceFields } from "./observation.ts";

/** What stands on all observations of a trace, and in words what Langfuse would not take. */
export interface CheckedTraceFields {
  readonly fields: TraceFields;
  readonly leftOut: readonly string[];
}

const longest = 200;
const tooLong = `longer than ${longest} characters`;

type Check = (value: string) => string | null;

const inLength: Check = (value) => (value.length > longest ? tooLong : null);
const inAscii: Check = (value) =>
  /^[\x20-\x7e]+$/.test(value) ? inLength(value) : "no plain ASCII";
const asEnvironment: Check = (value) =>
  isEnvironment(value)
    ? null
    : "more than 40 characters, others than a-z, 0-9, - and _, or begins with langfuse";

/** Checked here, because Langfuse drops or renames without a word what does not fit. It takes names of environments in lower case alone. */
export function traceFieldsOf(span: Span, userId: string | null): CheckedTraceFields {
  const { labels } = span;
  const leftOut: string[] = [];
  const fit = (what: string, value: string | null, check: Check = inLength): string | null => {
    const problem = value === null ? null : check(value);
    if (problem !== null) leftOut.push(`${what}: ${problem}`);
    return problem === null ? value : null;
  };
  const fields: TraceFields = {
    traceName: fit("trace name", span.turnName),
    sessionId: fit("session id", span.sessionInferred ? null : span.session, inAscii),
    userId: fit("user id", userId),
    tags: labels.tags.flatMap((tag, index) => fit(`tag ${index + 1}`, tag) ?? []),
    environment: fit("environment", labels.environment?.toLowerCase() ?? null, asEnvironment),
    release: fit("release", labels.release),
    version: fit("version", labels.agentVersion),
  };
  return { fields, leftOut };
}
