import { isBranded, SpoorError, type SpoorErrorOptions } from "../../vocabulary/spoor-error.ts";

/** The journal cannot be opened or read. */
export class JournalError extends SpoorError {
  constructor(code: string, message: string, options: SpoorErrorOptions) {
    super("JournalError", code, message, options);
  }

  /** True also for an error of another installed copy of this package. */
  static is(error: unknown): error is JournalError {
    return isBranded(error, "JournalError");
  }
}

/** What the operating system calls an error, "ENOENT" say; null where it was not its error. */
export function systemCode(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : null;
}

export const isMissing = (error: unknown): boolean =>
  systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR";

const shortages: ReadonlySet<string> = new Set([
  "EMFILE",
  "ENFILE",
  "ENOMEM",
  "EAGAIN",
  "EBUSY",
  "EINTR",
]);

/** The machine is short of descriptors or memory: what fails now works again when others have given theirs back. */
export const isShortage = (error: unknown): boolean => shortages.has(systemCode(error) ?? "");

export const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));
