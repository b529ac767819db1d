import type { ReceivedSpan } from "@spoor/core";
import { textOf } from "../messages/narrow.ts";
import { type RuntimeSpan, runtimeSpanOf } from "./runtime-span.ts";

/** What a span is in the tree. `passing`: it is there for others to hang on, and nothing is told of it; `aside`: not even that. */
export type Role =
  | { readonly is: "runtime"; readonly runtime: RuntimeSpan }
  | { readonly is: "workflow" | "step" | "agent" | "model" | "tool"; readonly name: string }
  | { readonly is: "repeated tool" | "passing" | "aside" };

export const agentFramework = "agent_framework";

/** By who made it and what it says of itself. Spans of others, as of an application's own server, are passed through. */
export function roleOf(span: ReceivedSpan): Role {
  const runtime = runtimeSpanOf(span);
  if (runtime !== null)
    return runtime.operation === "ack" || runtime.operation === "intercept"
      ? { is: "aside" }
      : { is: "runtime", runtime };
  const { name, attributes, scope } = span;
  if (scope.name === agentFramework && name.startsWith("workflow.build")) return { is: "aside" };
  return (
    workOf(span) ??
    (scope.name === "base_tool" && textOf(attributes["tool_name"]) !== undefined
      ? { is: "tool", name: textOf(attributes["tool_name"]) ?? name }
      : observedOf(span))
  );
}

function workOf({ name, attributes, scope }: ReceivedSpan): Role | null {
  if (scope.name === agentFramework && name.startsWith("workflow.run"))
    return { is: "workflow", name: textOf(attributes["workflow.name"]) ?? "workflow" };
  if (scope.name === agentFramework && name.startsWith("executor.process"))
    return { is: "step", name: textOf(attributes["executor.id"]) ?? "executor" };
  switch (attributes["gen_ai.operation.name"]) {
    case "invoke_agent":
      return { is: "agent", name: textOf(attributes["gen_ai.agent.name"]) ?? "agent" };
    case "execute_tool":
      return { is: "tool", name: textOf(attributes["gen_ai.tool.name"]) ?? "tool" };
    case "chat":
    case "text_completion":
    case "embeddings":
      return { is: "model", name: "model" };
    case "create_agent":
      return { is: "aside" };
    default:
      return null;
  }
}

/** OpenInference tells of the same teams, agents and tools once more, and of calls that nobody else may tell of. */
function observedOf({ attributes }: ReceivedSpan): Role {
  switch (attributes["openinference.span.kind"]) {
    case "LLM":
      return { is: "model", name: "model" };
    case "TOOL":
      return { is: "repeated tool" };
    default:
      return { is: "passing" };
  }
}
