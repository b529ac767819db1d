import type { Family } from "../families.ts";
import type { CrewEvent } from "../native.ts";
import { type Fields, textFor, textOf } from "../../reading/narrow.ts";
import { agentIn, taskIn } from "../people.ts";
import { argumentsOf } from "../drafts/tools.ts";

/** What a beginning and its end have in common, as far as either tells it. */
export interface Traits {
  readonly task: string | undefined;
  readonly agent: string | undefined;
  readonly role: string | undefined;
  readonly name: string | undefined;
  readonly given: string | undefined;
}

const names = ["tool_name", "method_name", "flow_name", "crew_name", "guardrail_name"] as const;

export function traitsOf(family: Family | null, { fields }: CrewEvent): Traits {
  const agent = agentIn(fields);
  return {
    task: taskIn(fields).id,
    agent: agent.id,
    role: agent.role,
    name: names.flatMap((name) => textOf(fields[name]) ?? [])[0],
    given: family === "tool_usage" ? textFor(argumentsOf(fields)) : attemptIn(fields),
  };
}

const attemptIn = ({ retry_count: retry, attempt }: Fields): string | undefined =>
  typeof (retry ?? attempt) === "number" ? String(retry ?? attempt) : undefined;

/** Nothing that both tell differs. */
export const areAlike = (one: Traits, other: Traits): boolean =>
  (["task", "agent", "role", "name", "given"] as const).every(
    (trait) =>
      one[trait] === undefined || other[trait] === undefined || one[trait] === other[trait],
  );

/** An end is not before its beginning. Times without a zone are of one machine, so they can be compared as they stand. */
export function isBefore(one: CrewEvent, other: CrewEvent): boolean {
  const [at, otherAt] = [one.timed.at?.ms, other.timed.at?.ms];
  if (at !== undefined && otherAt !== undefined) return at < otherAt;
  const [text, otherText] = [textOf(one.fields["timestamp"]), textOf(other.fields["timestamp"])];
  return text !== undefined && otherText !== undefined && text < otherText;
}
