import { Buffer } from "node:buffer";
import { type Loose, textAt } from "../loose.ts";
import { attributesIn } from "./plain-value.ts";

/** A span as it came, with all that stands around it. */
export interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly start: unknown;
  readonly end: unknown;
  readonly statusCode: unknown;
  readonly statusMessage: string | null;
  readonly attributes: Loose;
  readonly events: readonly { readonly name: string; readonly attributes: Loose }[];
  readonly resource: Loose;
  readonly scope: Loose & { readonly attributes: Loose };
  /** What the SDKs of Langfuse say of themselves here. A scope of any other name has all of its attributes copied into the metadata. */
  readonly ownScope: boolean;
}

interface Wire {
  readonly resource?: { readonly attributes?: unknown };
  readonly scopeSpans?: readonly {
    readonly scope?: Loose;
    readonly spans?: readonly WireSpan[];
  }[];
}

interface WireSpan {
  readonly traceId: string | Uint8Array;
  readonly spanId: string | Uint8Array;
  readonly parentSpanId?: string | Uint8Array;
  readonly name?: string;
  readonly startTimeUnixNano?: unknown;
  readonly endTimeUnixNano?: unknown;
  readonly attributes?: unknown;
  readonly events?: readonly { readonly name?: string; readonly attributes?: unknown }[];
  readonly status?: { readonly code?: unknown; readonly message?: string };
}

/** All spans of a request that is not malformed. Throws for an attribute without a value, as the server's worker does: after it has said 200. */
export function spansIn(resourceSpans: unknown): readonly SentSpan[] {
  return (resourceSpans as readonly Wire[]).flatMap(({ resource, scopeSpans = [] }) => {
    const around = attributesIn(resource?.attributes);
    return scopeSpans.flatMap(({ scope = {}, spans = [] }) => {
      const within = { ...scope, attributes: attributesIn(scope["attributes"]) };
      return spans.map((span) => sentSpan(span, around, within));
    });
  });
}

function sentSpan(span: WireSpan, resource: Loose, scope: SentSpan["scope"]): SentSpan {
  return {
    traceId: idOf(span.traceId),
    spanId: idOf(span.spanId),
    parentSpanId: span.parentSpanId ? idOf(span.parentSpanId) : null,
    name: span.name ?? "",
    start: span.startTimeUnixNano,
    end: span.endTimeUnixNano,
    statusCode: span.status?.code,
    statusMessage: span.status?.message ?? null,
    attributes: attributesIn(span.attributes),
    events: (span.events ?? []).map(({ name = "", attributes }) => ({
      name,
      attributes: attributesIn(attributes),
    })),
    resource,
    scope,
    ownScope: (textAt(scope, "name") ?? "").startsWith("langfuse-sdk"),
  };
}

const idOf = (id: string | Uint8Array): string =>
  typeof id === "string" ? id : Buffer.from(id).toString("hex");
