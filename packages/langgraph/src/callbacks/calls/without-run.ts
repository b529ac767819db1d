import type { EventDraft } from "@spoor/core";
import type { Content } from "../content/content.ts";
import type { RunEnded } from "../native.ts";
import { known, nameOf } from "../reading.ts";
import type { Run } from "../runs/run.ts";
import { graphOf, isStep } from "../runs/run.ts";
import { said } from "../said.ts";
import type { ToolAnswer } from "./answer.ts";
import { answersIn } from "./answer.ts";
import { askedBefore } from "./across-processes.ts";
import type { AskedCall } from "./asked-call.ts";
import { endOfCall, outcomeWithoutRun } from "./outcome.ts";

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
    const call = run.turn.calls.settle(answer.toolCallId, run.given, graphOf(run));
    return call === null ? [] : asToolRun(native, run, call, answer, content);
  });
}

function asToolRun(
  native: RunEnded,
  run: Run,
  call: AskedCall,
  answer: ToolAnswer,
  content: Content,
): readonly EventDraft[] {
  const { toolCallId } = answer;
  const about = { ...said(native, run.turn), key: `${run.runId}:${toolCallId}` };
  const end = endOfCall(outcomeWithoutRun(answer, run), content.json(answer.content));
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
        causedBy: call.requester ?? askedBefore(toolCallId, run.turn),
        input: content.json(call.arguments),
      }),
    },
    { type: "tool.ended", ...about, ...end },
  ];
}
