import type { EventDraft, JsonValue, Outcome } from "@spoor/core";
import type { Content } from "../content/content.ts";
import type { RunEnded } from "../native.ts";
import { known, nameOf } from "../reading.ts";
import type { Run } from "../runs/run.ts";
import { isStep } from "../runs/run.ts";
import { said } from "../said.ts";
import type { ToolAnswer } from "./answer.ts";
import { answersIn } from "./answer.ts";
import type { AskedCall } from "./asked-call.ts";

/**
 * The tool calls that a node has answered though no tool ran for them: nobody has such a tool, its arguments are refused, a person or a
 * middleware says no, or the call is how a model gives a structured answer. Each once: told when it is answered, begun and ended in one.
 */
export function callsWithoutRun(
  native: RunEnded,
  run: Run,
  content: Content,
): readonly EventDraft[] {
  if (!isStep(run)) return [];
  return answersIn(native.output).flatMap((answer) => {
    const call = run.turn.calls.settle(answer.toolCallId, run.given);
    return call === null ? [] : told(native, run, call, answer, content);
  });
}

function told(
  native: RunEnded,
  run: Run,
  call: AskedCall,
  answer: ToolAnswer,
  content: Content,
): readonly EventDraft[] {
  const { toolCallId } = answer;
  const about = { ...said(native, run.turn), key: `${run.runId}:${toolCallId}` };
  const outcome = outcomeOf(answer, run);
  const words = content.json(answer.content);
  return [
    {
      type: "tool.started",
      ...about,
      parent: run.span,
      name: nameOf(call.name, answer.name),
      toolCallId,
      native: { withoutRun: true },
      ...known({
        agent: run.agent,
        causedBy: call.requester ?? undefined,
        input: content.json(call.arguments),
      }),
    },
    { type: "tool.ended", ...about, outcome, ...spoken(outcome, words) },
  ];
}

function spoken(
  { status }: Outcome,
  words: JsonValue | undefined,
): { readonly output?: JsonValue; readonly detail?: JsonValue } {
  return status === "ok" ? known({ output: words }) : known({ detail: words });
}

/** A no of a hook after the model comes before any try: nothing has failed. */
function outcomeOf({ failed, content, update }: ToolAnswer, { name }: Run): Outcome {
  if (failed && name.endsWith(".after_model")) return { status: "cancelled" };
  if (failed) return { status: "error", errorType: refusalIn(content) };
  const isUnparsed = name === "model_request" && update["structuredResponse"] === undefined;
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
