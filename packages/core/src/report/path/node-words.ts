import { durationText } from "../text/duration.ts";
import { costText } from "../text/money.ts";
import type { Figures } from "./figures.ts";

/** How often (`visits`, in words), how long, at what price: `3 visits`, `1.2s`, `$0.0123`; at least, where a part of it is unknown. Nothing is said of what is unknown. */
export function figureTexts(
  figures: Figures,
  visits: string,
  isCounted: boolean = figures.usageFinal,
): readonly string[] {
  const texts = [visits, timeText(figures), costText(figures.cost, isCounted)];
  return texts.filter((text) => text !== "");
}

function timeText({ durationMs, untimed }: Figures): string {
  if (durationMs === null) return "";
  return `${untimed > 0 ? "\u2265" : ""}${durationText(durationMs)}`;
}

/** What did not end well: `1 failed`, `2 suspended`. */
export function troubleTexts({ cancelled, failed, open, suspended }: Figures): readonly string[] {
  const troubles = Object.entries({ failed, cancelled, suspended, open });
  return troubles.flatMap(([word, count]) => (count === 0 ? [] : [`${count} ${word}`]));
}
