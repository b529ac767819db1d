import type { AgentEvent } from "../vocabulary/event.ts";
import type { GrammarProblem } from "./problem.ts";
import { parentCycles, problemsOfSpan } from "./rules.ts";
import type { SessionStatements } from "./spans.ts";
import { gatherSession } from "./spans.ts";

/** The check that asks nothing of an event but whether it opens, closes or marks, and what. */
export interface Grammar {
  /** Never refuses: an opening may come last, so only `problems` can tell. */
  apply(event: AgentEvent): void;
  /** What cannot be right in what came so far, the same for any order of it. What is open, repeated or told by several is not wrong. */
  problems(): readonly GrammarProblem[];
}

/** Remembers of each session what its events amount to: give it all of them, in any order, and then ask for the problems. */
export function createGrammar(): Grammar {
  const sessions: Map<string, SessionStatements> = new Map();
  return {
    apply(event) {
      const gathered = sessions.get(event.session) ?? gatherSession(event.session);
      sessions.set(event.session, gathered);
      gathered.add(event);
    },
    problems() {
      return [...sessions]
        .flatMap(([session, gathered]) => [
          ...gathered.spans().flatMap(problemsOfSpan),
          ...parentCycles(session, gathered.parents()),
        ])
        .toSorted(inReadingOrder);
    },
  };
}

const inReadingOrder = (one: GrammarProblem, other: GrammarProblem): number =>
  compare(one.session, other.session) ||
  compare(one.key, other.key) ||
  compare(one.code, other.code) ||
  compare(one.evidence.join(), other.evidence.join());

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
