import type { DraftOf, EventDraft, JsonValue } from "@spoor/core";
import type { ModelFacts } from "../runs/closing.ts";
import { closingsOf } from "../runs/closing.ts";
import type { Content } from "../content/content.ts";
import type { ModelAnswer } from "./answer.ts";
import { answeringModelOf, finishReasonOf, modelAnswerOf, responseIdOf } from "./answer.ts";
import { termsOf } from "./terms.ts";
import { usageOf } from "./usage.ts";
import { disjoint } from "./counts.ts";
import type { RunEnded, RunFailed } from "../native.ts";
import { known, readOr } from "../reading.ts";
import type { Run } from "../runs/run.ts";
import { graphOf } from "../runs/run.ts";
import type { Runs } from "../runs/runs.ts";
import { said } from "../said.ts";

/** A model that answered: what it used, where anybody counted, and then its answer. Its tool calls are remembered for the tools to come. */
export function modelEnded(
  native: RunEnded,
  run: Run,
  runs: Runs,
  content: Content,
): readonly EventDraft[] {
  const answer = modelAnswerOf(native.output);
  run.turn.calls.asked(answer.message, run.span, graphOf(run));
  const end = {
    outcome: { status: "ok" },
    ...known({ output: assistantMessage(answer, content) }),
  } as const;
  const facts = readOr({}, () => factsOf(native, answer));
  const usage = readOr([], () => usageReports(native, run, answer));
  return [...usage, ...closingsOf(native, run, runs, end, facts)];
}

function factsOf({ cached }: RunEnded, answer: ModelAnswer): ModelFacts {
  return known({
    model: answeringModelOf(answer),
    finishReason: finishReasonOf(answer),
    responseId: responseIdOf(answer),
    native: cached ? { cached: true } : undefined,
  });
}

function usageReports(
  native: RunEnded,
  run: Run,
  answer: ModelAnswer,
): readonly DraftOf<"usage.reported">[] {
  const { provider, arrival } = run;
  const usage = usageOf(answer, { cached: native.cached === true, provider, arrival });
  if (usage === undefined) return [];
  const terms = termsOf(answer, provider, usage);
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

/** A model that failed on its way: what had been counted until then, which is not all. */
export function usageUntil(native: RunFailed, run: Run): readonly DraftOf<"usage.reported">[] {
  const usage = run.arrival?.greatest && disjoint(run.arrival.greatest);
  if (run.role.opens !== "model" || usage === undefined) return [];
  const about = { ...said(native, run.turn), on: run.span, mark: "usage" } as const;
  return [{ type: "usage.reported", ...about, basis: "call", usage, final: false }];
}

/** A text model answers in text, which is an assistant's message too. */
function assistantMessage(answer: ModelAnswer, content: Content): JsonValue | undefined {
  if (answer.message !== undefined) return content.message(answer.message);
  return answer.text === undefined ? undefined : { role: "assistant", content: answer.text };
}
