const brand = Symbol.for("spoor.export-failure");

export interface ExportFailureOptions {
  /** Send the same again, send less at a time, or never again. */
  readonly retry: "same" | "smaller" | "never";
  readonly retryAfterMs?: number | null;
  /** The destination has answered, so nothing of the batch arrived; else it may have. */
  readonly answered?: boolean;
  /** With `never`: so many members were refused, and the others have arrived. */
  readonly rejected?: number;
  readonly cause?: unknown;
}

/** What an exporter throws when it knows more than that it failed; anything else is tried again as it is. */
export class ExportFailure extends Error {
  override readonly name = "ExportFailure";
  readonly retry: ExportFailureOptions["retry"];
  readonly retryAfterMs: number | null;
  readonly answered: boolean;
  readonly rejected: number | null;

  constructor(message: string, options: ExportFailureOptions) {
    super(message, { cause: options.cause });
    Object.defineProperty(this, brand, { value: true });
    this.retry = options.retry;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.answered = options.answered ?? false;
    this.rejected = options.rejected ?? null;
  }

  /** Also of another installed copy of this package. */
  static is(error: unknown): error is ExportFailure {
    return error instanceof Error && brand in error;
  }
}
