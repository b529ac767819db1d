import { toldWholeUpTo } from "../otlp/encode/context-told.ts";
import { encode } from "../otlp/encode/encode.ts";
import type { EncodingOptions } from "../otlp/encode/encoding.ts";
import { type CollectorOptions, collectorOf } from "../otlp/transport/collector-of.ts";
import type { Environment } from "../otlp/transport/environment.ts";
import { send } from "../otlp/transport/send.ts";
import { tracesPayload } from "../otlp/wire/payload.ts";
import type { SpanExporter } from "../pipeline/exporter.ts";
import { inForm } from "../pipeline/in-form.ts";

/** What a destination is, whatever way leads to it. */
export interface Sent {
  readonly name: string;
  readonly content: "none" | "full";
  readonly resource: Readonly<Record<string, string>>;
  readonly environment: Environment;
  readonly encoding: EncodingOptions;
}

/**
 * Sends finished spans to anything that takes OTLP over HTTP. Throws at once for an address, a header or a protocol that cannot be used; what
 * fails later is the pipeline's.
 */
export function overHttp(options: CollectorOptions, sent: Sent): SpanExporter {
  const { name, content, resource, environment, encoding } = sent;
  const collector = collectorOf("traces", options, environment);
  return {
    name,
    consumes: "spans",
    content,
    destination: collector.url,
    wholeContextUpTo: toldWholeUpTo(encoding.contextMode),
    async export(batch, { signal, content: reader }) {
      if (batch.length === 0) return;
      const payload = inForm("OTLP", () =>
        tracesPayload(
          encode(batch, { ...encoding, resource, content: reader }),
          collector.protocol,
        ),
      );
      await send(payload, collector, signal);
    },
  };
}
