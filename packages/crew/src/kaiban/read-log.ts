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
    reference: textOr(task["referenceId"], null),
    description: textOr(task["interpolatedTaskDescription"], textOr(task["description"], null)),
    expected: textOr(task["expectedOutput"], null),
    dependencies: Array.isArray(task["dependencies"])
      ? task["dependencies"].filter((dependency) => typeof dependency === "string")
      : [],
  };
}

/** Tasks hold their agent in a wrapper, and what the agent does is told with the agent itself. */
function agentIn({ agent, agentName }: Readonly<Record<string, unknown>>): AgentFacts | null {
  const wrapper = isRecord(agent) ? agent : {};
  const facts = isRecord(wrapper["agentInstance"]) ? wrapper["agentInstance"] : wrapper;
  const name = textOr(facts["name"], textOr(agentName, null));
  return name === null ? null : { name, role: textOr(facts["role"], null), ...modelIn(facts) };
}

/** By what is really called: where the application has brought its own, the configuration beside it is the library's default, and a wrong one. */
function modelIn(facts: Readonly<Record<string, unknown>>): Pick<AgentFacts, "model" | "provider"> {
  const instance = isRecord(facts["llmInstance"]) ? facts["llmInstance"] : {};
  const config = isRecord(facts["llmConfig"]) ? facts["llmConfig"] : {};
  const model = textOr(instance["model"], textOr(instance["modelName"], null));
  const isConfigured = model !== null && model === config["model"];
  return { model, provider: isConfigured ? textOr(config["provider"], null) : null };
}

function textOr<Otherwise extends string | null>(
  value: unknown,
  otherwise: Otherwise,
): string | Otherwise {
  return typeof value === "string" && value !== "" ? value : otherwise;
}
