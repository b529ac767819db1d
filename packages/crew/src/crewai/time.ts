import { textOf } from "../reading/narrow.ts";

/** A time as drafts have it; nothing where it is not known. */
export interface Timed {
  readonly at?: { readonly ms: number };
}

const zoned = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Of an ISO time, to the microsecond: what parallel work began in the same millisecond is then still told apart. A time without a zone is the local one of a
 * machine that nobody knows, and so is no time here.
 */
export function timed(value: unknown): Timed {
  const [, second, fraction = "", zone = ""] = zoned.exec(textOf(value) ?? "") ?? [];
  const whole = second === undefined ? Number.NaN : Date.parse(`${second}${zone}`);
  if (!Number.isFinite(whole)) return {};
  const microseconds = Math.round(Number(`0${fraction}`) * 1_000_000);
  return { at: { ms: whole + microseconds / 1000 } };
}
