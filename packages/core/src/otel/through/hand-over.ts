import { ExportFailure } from "../../pipeline/export-failure.ts";
import type { SdkSpan, SdkSpanProcessor } from "./sdk-span.ts";

/** Well below what starts a processor's own sending, which nobody can wait for, and what makes it drop spans. */
const mostAtOnce = 128;

/**
 * Gives ended spans to the application's own processor, and lets it send them before the next. Throws where it says that it could not; then
 * all of them come again, with the same ids.
 */
export async function handOver(
  spans: readonly SdkSpan[],
  processor: SdkSpanProcessor,
  signal: AbortSignal,
): Promise<void> {
  for (let from = 0; from < spans.length; from += mostAtOnce) {
    signal.throwIfAborted();
    try {
      for (const span of spans.slice(from, from + mostAtOnce)) processor.onEnd(span as never);
      await processor.forceFlush();
    } catch (cause) {
      const message = "the application's span processor could not send what it was given";
      throw new ExportFailure(message, { retry: "same", answered: false, cause });
    }
  }
}
