const brand = Symbol.for("spoor.error");

/** `INVALID`: what it says cannot be used. The others: there is no such file, too many of them, or one that cannot be read as a config. */
export type ConfigErrorCode = "INVALID" | "NOT_FOUND" | "AMBIGUOUS" | "UNREADABLE";

export interface ConfigErrorOptions {
  readonly fix: string;
  readonly problems?: readonly string[];
  readonly cause?: unknown;
}

/** A config that cannot be used. `code` is for programs, `fix` says what a person can do. */
export class ConfigError extends Error {
  readonly code: ConfigErrorCode;
  readonly fix: string;
  /** All that is wrong, a sentence each. At least one. */
  readonly problems: readonly string[];

  constructor(code: ConfigErrorCode, message: string, options: ConfigErrorOptions) {
    super(message, { cause: options.cause });
    Object.defineProperty(this, brand, { value: true });
    this.name = "ConfigError";
    this.code = code;
    this.fix = options.fix;
    this.problems = options.problems ?? [message];
  }

  /** True also for an error of another installed copy of this package. */
  static is(error: unknown): error is ConfigError {
    return error instanceof Error && error.name === "ConfigError" && brand in error;
  }
}

/** All problems of one config in one error. `name`: what the config is called, "the config" or its file. */
export function invalidConfig(name: string, problems: readonly string[]): ConfigError {
  const [first] = problems;
  const message =
    problems.length === 1
      ? `${name} cannot be used: ${first}`
      : `${name} cannot be used, ${problems.length} things are wrong:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`;
  return new ConfigError("INVALID", message, {
    fix: "Correct each, or leave it out: every value has a default.",
    problems,
  });
}
