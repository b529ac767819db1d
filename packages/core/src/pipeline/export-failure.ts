/** What an exporter throws when it knows more than "it failed"; anything else is tried again as it is. */
export class ExportFailure extends Error {
  override readonly name = "ExportFailure";
  readonly retry: "same" | "smaller" | "never";
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    options: {
      readonly retry: ExportFailure["retry"];
      readonly retryAfterMs?: number | null;
      readonly cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.retry = options.retry;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
