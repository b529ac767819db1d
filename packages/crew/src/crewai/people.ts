import { isRecord } from "@spoor/core";
import { type Fields, textOf } from "../reading/narrow.ts";
import { fieldInRepr, unquoted } from "./python-repr.ts";

/** What is read of an agent that stands in an event. Nothing else of it is touched: its model holds keys. */
export interface AgentTold {
  readonly id: string | undefined;
  readonly role: string | undefined;
}

/** What is read of a task that stands in an event. */
export interface TaskTold {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly expected: string | undefined;
}

/** An event holds objects as JSON, as JSON whose leaves are in Python's notation, or as one text in it. */
type Read = (name: string) => string | undefined;

function readerOf(value: unknown): Read {
  if (typeof value === "string") return (name) => textOf(fieldInRepr(value, name));
  const fields: Fields = isRecord(value) ? value : {};
  return (name) => {
    const text = textOf(fields[name]);
    return text === undefined || text === "None" ? undefined : textOf(unquoted(text));
  };
}

/** The event's own fields where it has them, else those of the agent in it. */
export function agentIn(fields: Fields): AgentTold {
  const read = readerOf(fields["agent"] ?? fields["agent_info"]);
  return {
    id: textOf(fields["agent_id"]) ?? read("id"),
    role: textOf(fields["agent_role"]) ?? read("role"),
  };
}

/** A task without a name is called by its whole description; that is no name. */
export function taskIn(fields: Fields): TaskTold {
  const read = readerOf(fields["task"]);
  const output = readerOf(fields["output"]);
  const description =
    read("description") ?? textOf(fields["task_description"]) ?? output("description");
  const name = read("name") ?? output("name") ?? textOf(fields["task_name"]);
  return {
    id: textOf(fields["task_id"]) ?? read("id"),
    name: name === description || (name?.length ?? 0) > 200 ? undefined : name,
    description,
    expected:
      read("expected_output") ?? textOf(fields["expected_output"]) ?? output("expected_output"),
  };
}
