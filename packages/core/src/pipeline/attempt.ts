import { ExportFailure } from "./export-failure.ts";

/**
 * One try to send something. Resolves with why it failed, null where it did not, and no later than its signal says: nobody waits for an exporter that
 * does not heed it. Never rejects.
 */
export async function attempt(
  send: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<ExportFailure | null> {
  try {
    await Promise.race([send(signal), rejectsOnAbort(signal)]);
    return null;
  } catch (cause) {
    if (ExportFailure.is(cause)) return cause;
    return new ExportFailure(`the exporter failed${wordsOf(cause)}`, { retry: "same", cause });
  }
}

function rejectsOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const give = (): void => reject(givenUp(signal));
    if (signal.aborted) give();
    else signal.addEventListener("abort", give, { once: true });
  });
}

/** Whether anything arrived, nobody knows. */
function givenUp({ reason }: AbortSignal): ExportFailure {
  const isLate = reason instanceof Error && reason.name === "TimeoutError";
  const message = isLate ? "no answer came in time" : "the attempt was given up";
  return new ExportFailure(message, { retry: "same", cause: reason });
}

/** Anything can be thrown, also what can be asked nothing. */
function wordsOf(thrown: unknown): string {
  try {
    return thrown instanceof Error && thrown.message !== "" ? `: ${thrown.message}` : "";
  } catch {
    return "";
  }
}
