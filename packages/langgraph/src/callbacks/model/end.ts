import type { DraftOf, EventDraft, JsonValue } from "@spoor/core";
import { closingsOf } from "../runs/closing.ts";
import type { Content } from "../content/content.ts";
import type { ModelAnswer } from "./answer.ts";
import { answeringModelOf, answerOf, finishReasonOf, responseIdOf } from "./answer.ts";
import { termsOf } from "./terms.ts";
import { usageOf } from "./usage.ts";
import type { RunEnded } from "../native.ts";
import { known } from "../reading.ts";
import type { Run } from "../runs/run.ts";
import type { Runs } from "../runs/runs.ts";
import { said } from "../said.ts";

/** A model that answered: what it used, where anybody counted, and then its answer. Its tool calls are remembered for the tools to come. */
export function modelEnded(
  native: RunEnded,
  run: Run,
  runs: Runs,
  content: Content,
): readonly EventDraft[] {
  const answer = answerOf(native.output);
  run.turn.calls.asked(answer.message, run.span);
  const end = {
    outcome: { status: "ok" },
    ...known({ output: assistantMessage(answer, content) }),
  } as const;
  const facts = known({
    model: answeringModelOf(answer),
    finishReason: finishReasonOf(answer),
    responseId: responseIdOf(answer),
    native: native.cached ? { cached: true } : undefined,
  });
  return [...usageReports(native, run, answer), ...closingsOf(native, run, runs, end, facts)];
}

function usageReports(
  native: RunEnded,
  run: Run,
  answer: ModelAnswer,
): readonly DraftOf<"usage.reported">[] {
  const { provider, arrival } = run;
  const usage = usageOf(answer, { cached: native.cached === true, provider, arrival });
  if (usage === undefined) return [];
  const terms = termsOf(answer, provider);
  return [
    {
      type: "usage.reported",
      ...said(native, run.turn),
      on: run.span,
      mark: "usage",
      basis: "call",
      usage,
      final: true,
      ...known({ native: terms && { usage: terms } }),
    },
  ];
}

/** A text model answers in text, which is an assistant's message too. */
function assistantMessage(answer: ModelAnswer, content: Content): JsonValue | undefined {
  if (answer.message !== undefined) return content.message(answer.message);
  return answer.text === undefined ? undefined : { role: "assistant", content: answer.text };
}
