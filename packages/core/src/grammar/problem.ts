import type { EventId, Key } from "../vocabulary/event.ts";

/** What openings and closings are of: the first half of their type. */
export type Family = "turn" | "work" | "model" | "tool";

interface Problem {
  readonly session: string;
  /** Where its span has several names, the first of those that something was said of. */
  readonly key: Key;
  /** The events that cannot stand together, or alone; sorted. */
  readonly evidence: readonly EventId[];
}

/** What no recording of a causal adapter can hold, however early it was cut. */
export type GrammarProblem =
  | (Problem & { readonly code: "unopened-closing" | "unopened-mark" })
  | (Problem & { readonly code: "families-disagree"; readonly families: readonly Family[] })
  | (Problem & { readonly code: "parent-cycle"; readonly cycle: readonly Key[] })
  | (Problem & {
      readonly code: "misplaced-usage";
      readonly basis: "call" | "total";
      readonly family: Family;
    });

/** What happened and what to do about it, in one sentence for a person. */
export function describeProblem(problem: GrammarProblem): string {
  const span = `${quoted(problem.key)} in session ${quoted(problem.session)}`;
  switch (problem.code) {
    case "unopened-closing":
      return `${span} was closed but never opened: open it under the same key`;
    case "unopened-mark":
      return `${span} carries marks but was never opened: open it, or name its span by an alias`;
    case "families-disagree":
      return `${span} is said to be a ${problem.families.join(" and a ")}: give each its own key`;
    case "parent-cycle":
      return `${span} is its own ancestor (${[...problem.cycle, problem.key].map(quoted).join(" in ")}): name a parent that lies outside`;
    case "misplaced-usage":
      return problem.basis === "call"
        ? `${span} is a ${problem.family} and reports the usage of a call: report it on the model call`
        : `${span} is a ${problem.family} and reports a total: report the usage of a call, or the total on its turn`;
    default:
      return problem satisfies never;
  }
}

const quoted = (text: string): string => JSON.stringify(text);
