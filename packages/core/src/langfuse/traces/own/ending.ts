import type { EventDraft, Outcome } from "../../../vocabulary/event.ts";
import type { JsonValue } from "../../../vocabulary/json.ts";
import type { SpanFacts } from "../../facts/span-facts.ts";
import { type Known, source } from "../reading.ts";
import { known, type Row, textOf } from "../row.ts";
import { spokenIn } from "./said.ts";
import { timeIn } from "./times.ts";

/** How a span ended; null where nobody saw that, whatever was concluded of it. */
export function endingOf(row: Row, facts: SpanFacts, span: Known): EventDraft | null {
  const outcome = outcomeIn(facts);
  if (!outcome) return null;
  const { session, key, family } = span;
  const closing = {
    session,
    source,
    key,
    outcome,
    ...timeIn(row, facts, "endedAt"),
    ...known({ output: spokenIn(row, "output"), detail: detailIn(row, facts) }),
  };
  if (family !== "model") return { ...closing, type: `${family}.ended` };
  const { model, finishReason, responseId } = facts;
  return { ...closing, type: "model.ended", ...known({ model, finishReason, responseId }) };
}

function outcomeIn({ status, errorType = "error", errorPassedOn }: SpanFacts): Outcome | null {
  switch (status) {
    case "ok":
    case "cancelled":
    case "suspended":
      return { status };
    case "error":
      return { status, errorType, ...(errorPassedOn ? { passedOn: true } : {}) };
    default:
      return null;
  }
}

/** What was said of it, without what Spoor says for Langfuse's sake. */
function detailIn(
  row: Row,
  { status, errorType, errorPassedOn }: SpanFacts,
): JsonValue | undefined {
  const message = textOf(row["statusMessage"]) ?? undefined;
  if (status === "cancelled" || status === "suspended")
    return message?.startsWith(`${status}: `) ? message.slice(status.length + 2) : undefined;
  return errorPassedOn || message === errorType ? undefined : message;
}
