import { isRecord } from "@spoor/core";
import type { AgentFacts, TaskFacts, TeamLog } from "./native.ts";

const kinds: Readonly<Record<string, { about: TeamLog["about"]; field: string }>> = {
  WorkflowStatusUpdate: { about: "workflow", field: "workflowStatus" },
  TaskStatusUpdate: { about: "task", field: "taskStatus" },
  AgentStatusUpdate: { about: "agent", field: "agentStatus" },
  WorkflowAgentStatusUpdate: { about: "step", field: "agentStatus" },
};

/** A line of the log. Null: none that this package knows, or one that says no status, as some about resuming and stopping do not. */
export function readLog(line: unknown): TeamLog | null {
  if (!isRecord(line)) return null;
  const { about, field } = kinds[String(line["logType"])] ?? {};
  const status = field === undefined ? null : textOr(line[field], null);
  if (about === undefined || status === null) return null;
  return {
    about,
    status,
    at: typeof line["timestamp"] === "number" ? line["timestamp"] : null,
    task: taskIn(line),
    agent: agentIn(line),
    metadata: isRecord(line["metadata"]) ? line["metadata"] : {},
  };
}

/** The statuses in it are those of now and not of then: they are left alone. */
function taskIn(line: Readonly<Record<string, unknown>>): TaskFacts | null {
  const { task } = line;
  if (!isRecord(task)) return null;
  const id = textOr(task["id"], null);
  if (id === null) return null;
  const title = textOr(task["title"], null) ?? textOr(line["taskTitle"], null);
  return {
    id,
    name: title ?? textOr(task["referenceId"], "task"),
    description: textOr(task["interpolatedTaskDescription"], textOr(task["description"], null)),
    expected: textOr(task["expectedOutput"], null),
    dependencies: Array.isArray(task["dependencies"])
      ? task["dependencies"].filter((dependency) => typeof dependency === "string")
      : [],
  };
}

function agentIn({ agent, agentName }: Readonly<Record<string, unknown>>): AgentFacts | null {
  const instance = isRecord(agent) ? agent["agentInstance"] : null;
  const facts = isRecord(instance) ? instance : {};
  const name = textOr(facts["name"], textOr(agentName, null));
  if (name === null) return null;
  const config = isRecord(facts["llmConfig"]) ? facts["llmConfig"] : {};
  return {
    name,
    role: textOr(facts["role"], null),
    provider: textOr(config["provider"], null),
    model: textOr(config["model"], null),
  };
}

function textOr<Otherwise extends string | null>(
  value: unknown,
  otherwise: Otherwise,
): string | Otherwise {
  return typeof value === "string" && value !== "" ? value : otherwise;
}
