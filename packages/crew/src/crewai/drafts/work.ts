import type { DraftOf, EventDraft, Key } from "@spoor/core";
import { type Family, kindOf } from "../families.ts";
import {
  content,
  countOf,
  type Fields,
  fieldsOf,
  given,
  isText,
  jsonOf,
  nameOf,
  textOf,
  told,
} from "../../reading/narrow.ts";
import { agentIn, taskIn } from "../people.ts";
import { failed } from "./failure.ts";
import { type Placed, said } from "./place.ts";

type Work = Pick<
  DraftOf<"work.started">,
  "name" | "agent" | "attempt" | "input" | "expected" | "native"
>;

/** What a piece of work is called and was given. Fields that CrewAI fills with live objects are not read: they hold keys. */
function workOf(family: Family, fields: Fields): Work {
  switch (family) {
    case "crew_kickoff":
      return { name: nameOf(fields["crew_name"], "crew"), ...given(fields["inputs"]) };
    case "crew_train":
    case "crew_test":
      return {
        name: nameOf(
          `${family === "crew_train" ? "train" : "test"} ${textOf(fields["crew_name"]) ?? "crew"}`,
          "",
        ),
        ...given(fields["inputs"]),
        ...content("native", scalarsOf(fields, ["n_iterations"])),
      };
    case "flow":
      return { name: nameOf(fields["flow_name"], "flow"), ...given(fields["inputs"]) };
    case "method_execution":
      return { name: nameOf(fields["method_name"], "method"), ...given(fields["params"]) };
    case "task":
      return taskOf(fields);
    case "agent_execution":
    case "lite_agent_execution":
      return agentOf(fields);
    case "llm_guardrail":
      return guardrailOf(fields);
    case "agent_reasoning":
      return { name: "reasoning", ...roleOf(fields), ...attemptOf(fields["attempt"], 0) };
    case "a2a_delegation":
    case "a2a_conversation":
      return {
        name: nameOf(fields["a2a_agent_name"], "remote agent"),
        ...content("input", fields["task_description"]),
      };
    default:
      return {
        name: names[family] ?? family.replaceAll("_", " "),
        ...content("input", fields["query"] ?? fields["task_prompt"] ?? fields["value"]),
      };
  }
}

/** What a span of its kind does. */
const names: Partial<Record<Family, string>> = {
  memory_retrieval: "memory",
  memory_query: "query",
  memory_save: "save",
  knowledge_search_query: "knowledge",
  knowledge_retrieval: "knowledge",
  knowledge_query: "query",
};

function taskOf(fields: Fields): Work {
  const { id, name, description, expected } = taskIn(fields);
  const given = { ...told("description", description), ...content("context", fields["context"]) };
  return {
    name: nameOf(name, "task"),
    ...content("input", Object.keys(given).length === 0 ? undefined : given),
    ...content("expected", expected),
    ...content("native", id === undefined ? undefined : { task_id: id }),
  };
}

function agentOf(fields: Fields): Work {
  const { id, role } = agentIn(fields);
  return {
    name: nameOf(role, "agent"),
    ...roleOf(fields),
    ...content("input", fields["task_prompt"] ?? fields["messages"]),
    ...content("native", id === undefined ? undefined : { agent_id: id }),
  };
}

/** One that a model judges by is called by all that it asks for, which is no name; of a function, the source code stands here, which is not read. */
function guardrailOf(fields: Fields): Work {
  const isFunction = (textOf(fields["guardrail_type"]) ?? "function") === "function";
  return {
    name: guardrailName(fields),
    ...attemptOf(fields["retry_count"], 1),
    ...(isFunction ? {} : content("input", fields["guardrail"] ?? fields["guardrail_name"])),
  };
}

function guardrailName(fields: Fields): string {
  const type = textOf(fields["guardrail_type"]) ?? "function";
  return type === "function" ? nameOf(fields["guardrail_name"], "guardrail") : nameOf(type, "");
}

/** What a guardrail found. One that refuses has done its work: it has not failed. */
export const verdictOf = (placed: Placed, on: Key): EventDraft => {
  const { fields } = placed.event;
  return {
    ...said(placed),
    type: "score.given",
    on,
    mark: placed.id,
    name: guardrailName(fields),
    value: fields["success"] === true,
    ...content("why", fields["error"]),
  };
};

const roleOf = (fields: Fields): Pick<Work, "agent"> => {
  const { role } = agentIn(fields);
  return role === undefined ? {} : { agent: role.slice(0, 200) };
};

/** CrewAI counts some attempts from 0. */
function attemptOf(value: unknown, first: number): Pick<Work, "attempt"> {
  const count = countOf(value);
  return count === undefined ? {} : { attempt: count + first };
}

const scalarsOf = (fields: Fields, names: readonly string[]): Fields | undefined => {
  const told = names.flatMap((name) =>
    countOf(fields[name]) === undefined ? [] : [[name, fields[name]] as const],
  );
  return told.length === 0 ? undefined : Object.fromEntries(told);
};

export function workStarted(
  placed: Placed,
  family: Family,
  key: Key,
  crew: Fields | undefined,
): DraftOf<"work.started"> {
  const kind = kindOf(family);
  return {
    ...said(placed),
    type: "work.started",
    kind: kind === "model" || kind === "tool" || kind === "through" ? "other" : kind,
    key,
    ...told("parent", placed.on),
    ...workOf(family, placed.event.fields),
    ...(crew === undefined ? {} : { native: jsonOf({ crew }) }),
  };
}

export const workEnded = (placed: Placed, family: Family, key: Key): EventDraft => ({
  ...said(placed),
  type: "work.ended",
  key,
  outcome: { status: "ok" },
  ...content("output", outputOf(family, placed.event.fields)),
  ...content("native", scalarsOf(placed.event.fields, ["total_tokens"])),
});

/** Of an output of a task only what the agent said: it also holds all messages that led to it. */
function outputOf(family: Family, fields: Fields): unknown {
  switch (family) {
    case "llm_guardrail":
      return {
        passed: fields["success"] === true,
        ...content("feedback", fields["error"]),
        ...content("result", fields["result"]),
      };
    case "agent_reasoning":
      return fields["plan"];
    case "memory_retrieval":
      return fields["memory_content"];
    case "knowledge_search_query":
    case "knowledge_retrieval":
      return fields["retrieved_knowledge"];
    case "memory_save":
      return fields["value"];
    default: {
      const output =
        fields["output"] ?? fields["result"] ?? fields["results"] ?? fields["output_raw"];
      return isText(output) ? output : (fieldsOf(output)["raw"] ?? output);
    }
  }
}

export const workFailed = (placed: Placed, key: Key, passedOn: boolean): EventDraft => ({
  ...said(placed),
  type: "work.ended",
  key,
  outcome: failed(placed.event.fields, passedOn),
  ...content("detail", placed.event.fields["error"]),
});
