import type { Family } from "../families.ts";
import { isDelegation } from "../drafts/tools.ts";
import type { CrewEvent } from "../native.ts";
import { textOf } from "../../reading/narrow.ts";
import type { Open, OpenScopes } from "./open-scopes.ts";
import type { Traits } from "./traits.ts";

/** A place that nobody can tell: two crews are at work, and the event is of either. */
const unknownPlace = "unknown";

const is =
  (...families: readonly Family[]) =>
  ({ family }: Open): boolean =>
    families.includes(family);

/**
 * The scope that something most probably lies in where no event says it, by what its kind can lie in and by whose it is: of several, the latest. Undefined: in
 * none, so it was kicked off.
 */
export function placeOf(
  event: CrewEvent,
  family: Family | null,
  traits: Traits,
  open: OpenScopes,
): string | undefined {
  const theirTask = (): Open | undefined => taskOf(event, traits, open);
  const theirAgent = (): Open | undefined => agentOf(event, traits, open);
  switch (family) {
    case "crew_train":
    case "crew_test":
    case "flow":
      return undefined;
    case "crew_kickoff":
      return idOf(open.latest(is("method_execution", "crew_train", "crew_test")));
    case "method_execution":
      return idOf(open.latest(is("flow")));
    case "task":
      return open.count("crew_kickoff") > 1
        ? unknownPlace
        : idOf(open.latest(is("crew_kickoff", "method_execution")));
    case "agent_execution":
      return idOf(
        theirTask() ??
          open.latest(isDelegating) ??
          (traits.task === undefined ? open.latest(is("task")) : undefined),
      );
    case "lite_agent_execution":
      return idOf(open.latest(is("llm_guardrail", "method_execution")));
    case "llm_guardrail":
      return idOf(theirTask() ?? open.latest(is("task", "lite_agent_execution")));
    case "llm_call":
    case "tool_usage":
      return idOf(
        theirAgent() ??
          theirTask() ??
          (traits.role === undefined ? open.latest(isRoom) : undefined),
      );
    default:
      return idOf(theirAgent() ?? theirTask() ?? open.latest(isRoom));
  }
}

const isRoom = is(
  "agent_reasoning",
  "memory_save",
  "memory_retrieval",
  "knowledge_query",
  "llm_guardrail",
  "agent_execution",
  "lite_agent_execution",
  "task",
  "method_execution",
  "flow",
  "crew_kickoff",
);

const isDelegating = ({ family, event }: Open): boolean =>
  family === "tool_usage" && isDelegation(event.fields["tool_name"]);

const taskOf = (event: CrewEvent, { task }: Traits, open: OpenScopes): Open | undefined =>
  task === undefined
    ? undefined
    : open.around(event, ({ family, traits }) => family === "task" && traits.task === task);

/** An agent at work on this task, else one of that name. */
export function agentOf(
  event: CrewEvent,
  { task, agent, role }: Traits,
  open: OpenScopes,
): Open | undefined {
  const isTheirs = ({ family, traits }: Open): boolean =>
    (family === "agent_execution" || family === "lite_agent_execution") &&
    ((agent !== undefined && traits.agent === agent) ||
      (role !== undefined && textOf(traits.role) === role));
  return (
    open.around(event, (one) => isTheirs(one) && task !== undefined && one.traits.task === task) ??
    open.latest(isTheirs)
  );
}

const idOf = (open: Open | undefined): string | undefined => open?.event.id;
