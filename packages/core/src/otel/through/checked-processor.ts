import type { SdkSpanProcessor } from "./sdk-span.ts";

/** Throws at once for what no span could be handed to; an exporter of the SDK, above all, is no processor. */
export function checkedProcessor(given: SdkSpanProcessor | null | undefined): SdkSpanProcessor {
  if (typeof given?.onEnd === "function" && typeof given.forceFlush === "function") return given;
  throw new TypeError(
    "expected through to be a span processor of your SDK, received something without onEnd and forceFlush; pass one such as new BatchSpanProcessor(exporter)",
  );
}
