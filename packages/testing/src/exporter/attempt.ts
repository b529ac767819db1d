import { type Exporter, ExportFailure } from "@spoor/core";
import { type Example, exportOf } from "./example.ts";

/** What the pipeline makes of a failed attempt. */
export interface Failure {
  readonly retry: "same" | "smaller" | "never";
  readonly answered: boolean;
  readonly retryAfterMs: number | null;
  readonly rejected: number | null;
  readonly message: string;
}

/** Null: it resolved. An error that says nothing of itself means: the same again, and nobody knows what arrived. */
export async function failureOf(
  exporter: Exporter,
  example: Example,
  signal?: AbortSignal,
): Promise<Failure | null> {
  try {
    await exportOf(exporter, example, signal ? { signal } : {});
    return null;
  } catch (error) {
    if (!(error instanceof Error))
      throw new TypeError(`expected an error to be thrown, received ${String(error)}`, {
        cause: error,
      });
    if (ExportFailure.is(error)) return error;
    const { message } = error;
    return { retry: "same", answered: false, retryAfterMs: null, rejected: null, message };
  }
}
