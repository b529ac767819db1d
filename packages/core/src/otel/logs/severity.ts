import { severities } from "../../otlp/wire/logs.ts";

/** The words of common loggers and of syslog, by OpenTelemetry's own table for them. */
const numbers: Readonly<Record<string, number>> = {
  trace: severities.trace,
  silly: severities.trace,
  verbose: severities.debug,
  debug: severities.debug,
  log: severities.info,
  info: severities.info,
  information: severities.info,
  notice: severities.info + 1,
  warn: severities.warn,
  warning: severities.warn,
  error: severities.error,
  err: severities.error,
  critical: severities.error + 1,
  crit: severities.error + 1,
  alert: severities.error + 2,
  fatal: severities.fatal,
  emergency: severities.fatal,
  emerg: severities.fatal,
};

/** Null for a level in other words: it goes out as it was said, and without a number. */
export function severityOf(level: string): number | null {
  const word = level.trim().toLowerCase();
  return Object.hasOwn(numbers, word) ? (numbers[word] ?? null) : null;
}
