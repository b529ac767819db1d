import { ExportFailure } from "../../pipeline/export-failure.ts";
import type { SdkSpan, SdkSpanProcessor } from "./sdk-span.ts";

/** Well below a processor's batch, which it sends as soon as it is full and nobody can wait for, and what makes it drop spans. */
const mostAtOnce = 64;

/**
 * Gives ended spans to the application's own processor, and lets it send them before the next; and first of all what it has of the application's,
 * because a processor that is full drops what it is given and says nothing. Throws where it says that it could not send, and where it was shut
 * down; then all of them come again, with the same ids.
 */
export async function handOver(
  spans: readonly SdkSpan[],
  processor: SdkSpanProcessor,
  { signal, isShutDown }: { readonly signal: AbortSignal; readonly isShutDown: () => boolean },
): Promise<void> {
  for (let from = 0; from < spans.length; from += mostAtOnce) {
    const answered = from === 0;
    signal.throwIfAborted();
    await flushed(processor, answered);
    if (isShutDown()) throw shutDown(answered);
    try {
      for (const span of spans.slice(from, from + mostAtOnce)) processor.onEnd(span as never);
    } catch (cause) {
      throw couldNotSend(cause, false);
    }
  }
  await flushed(processor, spans.length === 0);
}

/** `answered`: it has been given nothing yet. */
async function flushed(processor: SdkSpanProcessor, answered: boolean): Promise<void> {
  try {
    await processor.forceFlush();
  } catch (cause) {
    throw couldNotSend(cause, answered);
  }
}

function couldNotSend(cause: unknown, answered: boolean): ExportFailure {
  const message = "the application's span processor could not send what it was given";
  return new ExportFailure(message, { retry: "same", answered, cause });
}

function shutDown(answered: boolean): ExportFailure {
  const message =
    "the application's span processor is shut down and takes nothing any more, close the observer before the SDK";
  return new ExportFailure(message, { retry: "same", answered, needsRepair: true });
}
