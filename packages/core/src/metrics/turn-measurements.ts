import { ownNames } from "../otlp/encode/conventions.ts";
import type { Span } from "../run-tree/span.ts";
import * as conventions from "./convention-instruments.ts";
import { type CostSoFar, wholeUsd } from "./cost-so-far.ts";
import { label, labelNames, sessionLabels, workLabels } from "./labels.ts";
import { measured, type Measurement } from "./measurement.ts";
import * as own from "./own-instruments.ts";
import { secondsBetween, secondsOf } from "./seconds.ts";
import type { SessionSoFar } from "./session-so-far.ts";
import type { TurnSoFar } from "./turn-so-far.ts";

/** How long an activation took: known of every turn, whatever was seen of it. */
export function turnDurations(turn: Span): readonly Measurement[] {
  const seconds = secondsOf(turn);
  return [
    ...measured(own.turnDuration, seconds, [
      ...label(ownNames.status, turn.status),
      ...workLabels(turn),
    ]),
    ...measured(own.longestTurn, seconds, workLabels(turn)),
  ];
}

/** What only all that lies in a turn tells. */
export function turnFigures(turn: Span, soFar: TurnSoFar, cost: CostSoFar): readonly Measurement[] {
  const { input, output } = soFar.tokens(turn);
  const labels = workLabels(turn);
  return [
    ...measured(own.turnTokens, input, [...label(labelNames.tokenType, "input"), ...labels]),
    ...measured(own.turnTokens, output, [...label(labelNames.tokenType, "output"), ...labels]),
    ...measured(own.turnCost, wholeUsd(cost), labels),
    ...callsOf(turn, soFar),
  ];
}

/** A turn that is nobody's is a workflow, and no agent's calls are its own. */
function callsOf(turn: Span, soFar: TurnSoFar): readonly Measurement[] {
  return [...(soFar.callsOfAgents(turn) ?? [])]
    .filter(([{ kind, agent }]) => kind === "agent" || agent !== null)
    .flatMap(([agent, { model, tool }]) => [
      ...measured(conventions.agentModelCalls, model, workLabels(agent)),
      ...measured(conventions.agentToolCalls, tool, workLabels(agent)),
    ]);
}

/** What a session has come to at the end of a turn. */
export function sessionFigures(
  turn: Span,
  { startedAt, cost }: SessionSoFar,
): readonly Measurement[] {
  const labels = sessionLabels(turn);
  const isObserved = !turn.inferred.includes("endedAt");
  const seconds = isObserved ? secondsBetween(startedAt, turn.endedAt) : null;
  return [
    ...measured(own.sessionDuration, seconds, labels),
    ...measured(own.sessionCost, wholeUsd(cost), labels),
    ...measured(own.dearestSession, wholeUsd(cost), labels),
  ];
}
