import { BrandedError, isBranded } from "../vocabulary/spoor-error.ts";

export interface ExportFailureOptions {
  /** Send the same again, send less at a time, or never again. */
  readonly retry: "same" | "smaller" | "never";
  readonly retryAfterMs?: number | null;
  /** Nothing of the batch arrived: the destination has answered so, or was never reached. Else it may have. */
  readonly answered?: boolean;
  /** With `same`: no waiting helps, somebody has to put the address or the key right. Who delivers once, and not for ever, may give up. */
  readonly needsRepair?: boolean;
  /** With `same`: no connection came to stand. Whoever is about to end need not wait for somebody who is not there. */
  readonly unreached?: boolean;
  /** With `never`: so many members were refused, and the others have arrived. */
  readonly rejected?: number;
  readonly cause?: unknown;
}

/** What an exporter throws when it knows more than that it failed; anything else is tried again as it is. */
export class ExportFailure extends BrandedError {
  readonly retry: ExportFailureOptions["retry"];
  readonly retryAfterMs: number | null;
  readonly answered: boolean;
  readonly needsRepair: boolean;
  readonly unreached: boolean;
  readonly rejected: number | null;

  constructor(message: string, options: ExportFailureOptions) {
    super("ExportFailure", message, { cause: options.cause });
    this.retry = options.retry;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.answered = options.answered ?? false;
    this.needsRepair = options.needsRepair ?? false;
    this.unreached = options.unreached ?? false;
    this.rejected = options.rejected ?? null;
  }

  /** With its message, which JSON leaves out of an error: health is written to logs. */
  toJSON(): object {
    const { name, message, retry, retryAfterMs, answered, needsRepair, unreached, rejected } = this;
    return { name, message, retry, retryAfterMs, answered, needsRepair, unreached, rejected };
  }

  /** Also of another installed copy of this package. Never throws, whatever was thrown. */
  static is(error: unknown): error is ExportFailure {
    return isBranded(error, "ExportFailure");
  }
}
