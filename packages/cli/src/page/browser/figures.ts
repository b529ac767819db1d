import { countText, durationText, tokensText } from "@spoor/core/report/text";

/** How long something took, with a tilde where one of the times was reasoned. Empty where one is unknown. */
export function lastedText(
  start: number | undefined,
  end: number | undefined,
  isInferred: boolean = false,
): string {
  if (start === undefined || end === undefined) return "";
  return `${isInferred ? "~" : ""}${durationText(end - start)}`;
}

/** Of a time of the report; undefined where it is unknown. */
export const msOf = (iso: string | null): number | undefined =>
  iso === null ? undefined : Date.parse(iso);

const longestTime = 8.64e15;

/** A time as the terminal and JSON say it, in UTC, so that two readers of one page read the same; with its date where that is asked for. */
export function timeText(ms: number, withDate: boolean): string {
  if (!(Math.abs(ms) <= longestTime)) return "?";
  const [date = "", time = ""] = new Date(ms).toISOString().split("T");
  return withDate ? `${date} ${time}` : time;
}

export function sizeText(characters: number): string {
  return characters < 1_000
    ? countText(characters, "character")
    : `${tokensText(characters)} characters`;
}
