import type { MarkReport } from "../report.ts";
import { checkpointText, isMilestone } from "./checkpoint-text.ts";
import { excerpt } from "./excerpt.ts";

/** What the tree shows elsewhere: tokens in their columns, names and causes on the spans, the session in its header. */
const toldElsewhere: ReadonlySet<string> = new Set([
  "session.started",
  "usage.reported",
  "span.amended",
  "output.began",
]);

/** A note says that the framework spoke, not what: the tree only counts them. */
export const isNote = ({ type }: MarkReport): boolean => type === "native.noted";

export const isShown = (mark: MarkReport): boolean =>
  !isNote(mark) && !toldElsewhere.has(mark.type) && isMilestone(mark) !== false;

const aside: ReadonlySet<string> = new Set(["type", "id", "spanId", "at", "atInferred", "source"]);
/** Said without their name, because the type says what they are. */
const plain: ReadonlySet<string> = new Set([
  "role",
  "content",
  "to",
  "errorType",
  "code",
  "level",
  "fate",
]);

/** The mark's own fields, in the order in which they were recorded. */
export function markText(mark: MarkReport): string {
  const checkpoint = checkpointText(mark);
  if (checkpoint !== null) return checkpoint;
  const fields = Object.entries(mark).filter(
    ([name]) => !aside.has(name) && name !== "native" && name !== "evidence",
  );
  return fields
    .map(([name, value]) => (plain.has(name) ? excerpt(value) : `${name} ${excerpt(value)}`))
    .join("  ");
}
