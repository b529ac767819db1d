import { onOneLine } from "../../terminal/one-line.ts";
import type { MarkReport, SpanReport } from "../report.ts";
import { checkpointText, isMilestone } from "./checkpoint-text.ts";
import { addressText, isAddress } from "./address-text.ts";
import { excerpt } from "./excerpt.ts";
import { piece, type Piece } from "./styled-text.ts";

/** What the tree shows elsewhere: tokens in their columns, names and causes on the spans, the session in its header. */
const toldElsewhere: ReadonlySet<string> = new Set([
  "session.started",
  "usage.reported",
  "span.amended",
  "output.began",
]);

/** A note says that the framework spoke, not what: the tree only counts them. */
export const isNote = (mark: MarkReport): boolean =>
  mark.type === "native.noted" && !isWarning(mark);

const isWarning = ({ type, warns }: MarkReport): boolean =>
  type === "native.noted" && warns === true;

export const isShown = (mark: MarkReport): boolean =>
  !isNote(mark) && !toldElsewhere.has(mark.type) && isMilestone(mark) !== false;

const aside: ReadonlySet<string> = new Set([
  "type",
  "id",
  "spanId",
  "at",
  "atInferred",
  "source",
  "native",
  "evidence",
]);
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

/** A mark on one line. `above`: the span that it is on. */
export function markPiece(mark: MarkReport, above: SpanReport | null): Piece {
  if (isWarning(mark)) return piece(`! ${excerpt(mark["name"] ?? null)}`, "yellow");
  return piece(`${markTitle(mark, above)}  ${markText(mark)}`, "dim");
}

/** What kind of mark it is, and of a message between whom. */
export function markTitle(mark: MarkReport, above: SpanReport | null): string {
  const address = addressText(mark, above?.agent ?? null);
  return `\u00B7 ${onOneLine(mark.type)}${address === "" ? "" : ` ${address}`}`;
}

/** The mark's own fields, in the order in which they were recorded. */
export function markText(mark: MarkReport): string {
  const checkpoint = checkpointText(mark);
  if (checkpoint !== null) return checkpoint;
  if (isDecision(mark)) return decisionText(mark);
  return fieldsText(mark);
}

const isDecision = ({ type }: MarkReport): boolean => type === "decision.made";

/** What was decided, and for what; then between what, and why. */
function decisionText({ kind = null, choice = null, ...mark }: MarkReport): string {
  const rest = fieldsText(mark);
  return `${excerpt(kind)} \u2192 ${excerpt(choice)}${rest === "" ? "" : `  ${rest}`}`;
}

function fieldsText(mark: MarkReport): string {
  return Object.entries(mark)
    .filter(([name]) => !aside.has(name) && !isAddress(mark, name))
    .map(([name, value]) => (plain.has(name) ? excerpt(value) : `${name} ${excerpt(value)}`))
    .join("  ");
}
