import { isBranded, SpoorError, type SpoorErrorOptions } from "../vocabulary/spoor-error.ts";

/** `INVALID`: what it says cannot be used. The others: there is no such file, too many of them, or one that cannot be read as a config. */
export type ConfigErrorCode = "INVALID" | "NOT_FOUND" | "AMBIGUOUS" | "UNREADABLE";

export interface ConfigErrorOptions extends SpoorErrorOptions {
  readonly problems?: readonly string[];
}

/** A config that cannot be used. */
export class ConfigError extends SpoorError<ConfigErrorCode> {
  /** All that is wrong, a sentence each. At least one. */
  readonly problems: readonly string[];

  constructor(code: ConfigErrorCode, message: string, options: ConfigErrorOptions) {
    super("ConfigError", code, message, options);
    this.problems = options.problems ?? [message];
    // They stand in the message, and where nobody catches this, Node prints both.
    Object.defineProperty(this, "problems", { enumerable: false });
  }

  /** True also for an error of another installed copy of this package. */
  static is(error: unknown): error is ConfigError {
    return isBranded(error, "ConfigError");
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
