import type { PageData } from "../../page-data.ts";

/** What would be empty, all unknown, or a list of one: the style sheet leaves it out. */
export function columnClasses({ session, turns, spans }: PageData): readonly string[] {
  const hasCost = session.cost.usd !== null || session.cost.reportedUsd !== null;
  const timed = [...turns, ...spans];
  const hasTimes = timed.some(
    ({ start, end }) => start !== undefined && end !== undefined && end > start,
  );
  return [
    ...(turns.length > 1 ? [] : ["one-turn"]),
    ...(hasCost ? [] : ["no-cost"]),
    ...(hasTimes ? [] : ["no-time"]),
    ...(session.usage.cacheRead ? [] : ["no-cached"]),
  ];
}
