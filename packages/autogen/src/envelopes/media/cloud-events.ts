import { isRecord, type Medium } from "@spoor/core";
import { namedValues } from "./named-values.ts";

/** What stands before an attribute's name in binary mode. */
const prefixes = { http: "ce-", kafka: "ce_", amqp: "cloudEvents:" } as const;

/**
 * The distributed tracing extension of CloudEvents in the headers of binary mode. It holds the trace in which the event was made and is not to be
 * rewritten at a hop: fill it where the event is made, and let headers without a prefix say the hop. (In structured mode the attributes are
 * properties of the event, and need no medium.)
 */
export function cloudEventHeaders(
  headers: Readonly<Record<string, unknown>>,
  transport: keyof typeof prefixes = "http",
): Medium<Record<string, unknown>> {
  return namedValues(headers, { nameOf: (field) => `${prefixes[transport]}${field}` });
}

/** The same in the attributes of a CloudEvent of protobuf, as AutoGen's workers exchange them: `{ traceparent: { ceString } }`. */
export function cloudEventAttributes(
  attributes: Readonly<Record<string, unknown>>,
): Medium<Record<string, unknown>> {
  return namedValues(attributes, {
    nameOf: (field) => field,
    unwrap: (value) => (isRecord(value) ? (value["ceString"] ?? value["ce_string"]) : value),
    wrap: (ceString) => ({ ceString }),
  });
}
