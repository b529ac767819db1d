const brand = Symbol.for("spoor.error");

/** An error of ours. It is known by its name, because another installed copy of this package has other classes. */
export abstract class BrandedError extends Error {
  constructor(name: string, message: string, options: ErrorOptions) {
    super(message, options);
    Object.defineProperty(this, brand, { value: true });
    this.name = name;
  }
}

export interface SpoorErrorOptions {
  readonly fix: string;
  readonly cause?: unknown;
}

/** An error with which a person can do something. `code` is for programs that branch on it, `fix` says what to do. */
export abstract class SpoorError<Code extends string = string> extends BrandedError {
  readonly code: Code;
  readonly fix: string;

  constructor(name: string, code: Code, message: string, { fix, cause }: SpoorErrorOptions) {
    super(name, message, cause === undefined ? {} : { cause });
    this.code = code;
    this.fix = fix;
  }
}

/** Also of another installed copy. Never throws, whatever was thrown. */
export function isBranded(error: unknown, name: string): boolean {
  try {
    return error instanceof Error && brand in error && error.name === name;
  } catch {
    return false;
  }
}
