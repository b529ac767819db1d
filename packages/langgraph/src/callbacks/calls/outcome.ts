import { memberOf } from "../reading.ts";
import type { JsonValue, Outcome } from "@spoor/core";
import { known } from "../reading.ts";
import type { Run } from "../runs/run.ts";
import type { ToolAnswer } from "./answer.ts";
import { answersIn } from "./answer.ts";

interface CallEnd {
  readonly outcome: Outcome;
  readonly output?: JsonValue;
  readonly detail?: JsonValue;
}

/** The words of an answer are a call's output, or what is wrong. */
export function endOfCall(outcome: Outcome, words: JsonValue | undefined): CallEnd {
  return { outcome, ...known(outcome.status === "ok" ? { output: words } : { detail: words }) };
}

/** A tool that ended well may have answered its call with a message that says of itself that it is an error. */
export function outcomeOfRun(output: unknown, { role, toolCallId }: Run): Outcome {
  if (role.opens !== "tool" || toolCallId === undefined) return { status: "ok" };
  const failed = answersIn(output).some(
    (answer) => answer.failed && answer.toolCallId === toolCallId,
  );
  return failed ? { status: "error", errorType: "ToolError" } : { status: "ok" };
}

/** Of a call that no tool ran for. A no of a hook after the model comes before any try: nothing has failed. */
export function outcomeWithoutRun({ failed, content, update }: ToolAnswer, { name }: Run): Outcome {
  if (failed && name.endsWith(".after_model")) return { status: "cancelled" };
  if (failed) return { status: "error", errorType: refusalIn(content) };
  const isUnparsed =
    name === "model_request" && memberOf(update, "structuredResponse") === undefined;
  return isUnparsed
    ? { status: "error", errorType: "StructuredOutputParsingError" }
    : { status: "ok" };
}

/** LangGraph throws these away and keeps their text. */
function refusalIn(content: unknown): string {
  const text = typeof content === "string" ? content : "";
  if (text.includes("did not match expected schema")) return "ToolInputParsingException";
  return /\bnot found\b|is not a valid tool/.test(text) ? "UnknownTool" : "ToolError";
}
