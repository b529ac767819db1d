import type { WorkKind } from "@spoor/core";
import * as fc from "fast-check";

/** How something ended; null: nobody saw it end. */
export type Ending = "ok" | "error" | "cancelled" | null;

/** When the usage of a call is told: never, at its end, first as a placeholder, or long after. */
export type UsageTelling = "never" | "at the end" | "growing" | "late";

export interface ToolPlan {
  /** Attempts before the one that ended as `ending` says, each a span of its own. */
  readonly failures: number;
  readonly ending: Ending;
  /** An agent of its own, run by the tool. */
  readonly agent: WorkPlan | null;
}

export interface CallPlan {
  readonly does: "call";
  /** Attempts inside the call, which the framework only mentions. */
  readonly failures: number;
  readonly usage: UsageTelling;
  readonly ending: Ending;
  /** What it asked for, run side by side. */
  readonly tools: readonly ToolPlan[];
}

export interface WorkPlan {
  readonly does: "work";
  readonly kind: WorkKind;
  readonly steps: readonly StepPlan[];
  readonly ending: Ending;
}

export type StepPlan = CallPlan | WorkPlan;

export interface TurnPlan {
  /** One activation after the other: each but the last is suspended, and the next one goes on from there. */
  readonly activations: readonly (readonly StepPlan[])[];
  readonly ending: Ending;
  /** A counter of the framework over all calls of the turn. */
  readonly counted: boolean;
}

export interface SessionPlan {
  readonly turns: readonly TurnPlan[];
  /** Of three things that are told, how many carry a time. */
  readonly timed: number;
  /** Whose statements another witness repeats, under another name for the turns: every n-th; 0: nobody's. */
  readonly witnessed: number;
  /** Draws lots wherever things happen side by side. */
  readonly shuffle: readonly number[];
}

const ending: fc.Arbitrary<Ending> = fc.oneof(
  { weight: 5, arbitrary: fc.constant("ok" as const) },
  { weight: 1, arbitrary: fc.constantFrom<Ending>("error", "cancelled", null) },
);

const kind = fc.constantFrom<WorkKind>(
  "workflow",
  "agent",
  "task",
  "step",
  "plan",
  "retrieval",
  "memory",
  "guardrail",
  "compaction",
  "other",
);

const { step } = fc.letrec<{
  readonly step: StepPlan;
  readonly work: WorkPlan;
  readonly call: CallPlan;
  readonly tool: ToolPlan;
}>((tie) => ({
  step: fc.oneof({ depthSize: "small", withCrossShrink: true }, tie("call"), tie("work")),
  work: fc.record({
    does: fc.constant("work" as const),
    kind,
    steps: fc.array(tie("step"), { maxLength: 3, depthIdentifier: "work" }),
    ending,
  }),
  call: fc.record({
    does: fc.constant("call" as const),
    failures: fc.nat(2),
    usage: fc.constantFrom<UsageTelling>("never", "at the end", "growing", "late"),
    ending,
    tools: fc.array(tie("tool"), { maxLength: 3, depthIdentifier: "work" }),
  }),
  tool: fc.record({
    failures: fc.nat(1),
    ending,
    agent: fc.option(tie("work"), { nil: null, depthIdentifier: "work", freq: 3 }),
  }),
}));

const turn: fc.Arbitrary<TurnPlan> = fc.record({
  activations: fc.array(fc.array(step, { maxLength: 3 }), { minLength: 1, maxLength: 3 }),
  ending,
  counted: fc.boolean(),
});

/** What happens in a session, before anybody tells it. */
export const arbitraryPlan: fc.Arbitrary<SessionPlan> = fc.record({
  turns: fc.array(turn, { minLength: 1, maxLength: 3 }),
  timed: fc.nat(3),
  witnessed: fc.nat(3),
  shuffle: fc.array(fc.nat(100), { minLength: 1, maxLength: 8 }),
});
