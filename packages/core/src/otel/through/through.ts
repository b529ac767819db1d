import type { SpanExporter } from "../../pipeline/exporter.ts";
import { toldWholeUpTo } from "../../otlp/encode/context-told.ts";
import { encodeSpan } from "../../otlp/encode/encode.ts";
import type { EncodingOptions } from "../../otlp/encode/encoding.ts";
import { inForm } from "../../pipeline/in-form.ts";
import { handOver } from "./hand-over.ts";
import type { SdkResource, SdkSpanProcessor } from "./sdk-span.ts";
import { shutdownOf } from "./shutdown.ts";
import { sdkSpanOf } from "./sdk-span-of.ts";

export interface Through {
  readonly name: string;
  readonly processor: SdkSpanProcessor;
  readonly resource: SdkResource;
  readonly content: "none" | "full";
  readonly encoding: EncodingOptions;
}

/**
 * Sends finished spans by way of the application's own OpenTelemetry SDK. What its processor says it has sent counts as delivered; once it is shut
 * down, nothing does.
 */
export function through(way: Through): SpanExporter {
  const { name, processor, resource, content, encoding } = way;
  const isShutDown = shutdownOf(processor);
  return {
    name,
    consumes: "spans",
    content,
    destination: "the application's own OpenTelemetry",
    wholeContextUpTo: toldWholeUpTo(encoding.contextMode),
    async export(batch, { signal, content: reader }) {
      const spans = inForm("OTLP", () =>
        batch.map((span) =>
          sdkSpanOf(encodeSpan(span, { ...encoding, content: reader }), resource),
        ),
      );
      await handOver(spans, processor, { signal, isShutDown });
    },
  };
}
