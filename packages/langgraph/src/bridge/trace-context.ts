import { carrierHere, type CurrentSpan, inject } from "@spoor/core";

/**
 * A copy of what was given, headers or the `_meta` of an MCP request, with the trace context of the node or tool that the code which asks stands
 * in; outside of any, that of the application's own active span, and without one nothing more. Never throws.
 */
export function withTraceContext<Value = never>(
  callbacks: CurrentSpan,
  into: Readonly<Record<string, Value>> = {},
): Record<string, Value | string> {
  return inject({ carrier: carrierHere(callbacks) }, into);
}
