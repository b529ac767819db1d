import type { SentSpan } from "../intake/sent-span.ts";

export type Level = "DEBUG" | "DEFAULT" | "WARNING" | "ERROR";

/** Said in its own words or in those of loggers; otherwise an error status is an error, and nothing else is anything. */
export function levelOf({ attributes, statusCode }: SentSpan): Level {
  const said = attributes["langfuse.observation.level"];
  const level = typeof said === "string" ? levels.get(said.trim().toUpperCase()) : undefined;
  return level ?? (statusCode === 2 ? "ERROR" : "DEFAULT");
}

const levels: ReadonlyMap<string, Level> = new Map([
  ["DEBUG", "DEBUG"],
  ["TRACE", "DEBUG"],
  ["VERBOSE", "DEBUG"],
  ["DEFAULT", "DEFAULT"],
  ["INFO", "DEFAULT"],
  ["LOG", "DEFAULT"],
  ["NOTICE", "DEFAULT"],
  ["OK", "DEFAULT"],
  ["SUCCESS", "DEFAULT"],
  ["WARNING", "WARNING"],
  ["WARN", "WARNING"],
  ["ERROR", "ERROR"],
  ["FATAL", "ERROR"],
  ["CRITICAL", "ERROR"],
]);
