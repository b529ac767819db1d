import { isRecord, type ReceivedSpan } from "@spoor/core";
import { nameOf, textOf, told } from "../../reading/narrow.ts";
import {
  attributeOf,
  messagesIn,
  rawIn,
  sessionOfTrace,
  type ToldSpan,
  valueIn,
} from "./told-span.ts";

/** A span that OpenInference or OpenLLMetry has made around CrewAI. It has no id that an event has. */
export function otherSpan(span: ReceivedSpan): ToldSpan {
  const about = {
    key: `span:${span.spanId}`,
    session: sessionOfTrace(span),
    isRoot: span.parentSpanId === null,
  };
  const { name } = span;
  switch (kindOf(span)) {
    case "model":
      return { ...about, kind: "model", name: "model", ...otherCall(span) };
    case "tool":
      return {
        ...about,
        kind: "tool",
        name: nameOf(
          attributeOf(span, "tool.name") ?? attributeOf(span, "gen_ai.tool.name"),
          "unnamed",
        ),
        ...told(
          "input",
          valueIn(span, "input.value") ?? valueIn(span, "gen_ai.tool.call.arguments"),
        ),
        ...told(
          "output",
          valueIn(span, "output.value") ?? valueIn(span, "gen_ai.tool.call.result"),
        ),
      };
    case "agent":
      return { ...about, kind: "agent", ...otherAgent(span) };
    case "task":
      return {
        ...about,
        kind: "task",
        name: "task",
        ...told("input", descriptionOf(attributeOf(span, "crewai.task.description"))),
        ...told("expected", attributeOf(span, "crewai.task.expected_output")),
        ...told("output", attributeOf(span, "traceloop.entity.output")),
      };
    case "workflow":
      return {
        ...about,
        kind: "workflow",
        name: nameOf(
          attributeOf(span, "crewai.crew.name") ?? name.replace(/\.(?:kickoff|workflow)$/, ""),
          "crew",
        ),
        ...told("output", rawIn(span, "output.value") ?? attributeOf(span, "crewai.crew.result")),
      };
    case "step":
      return {
        ...about,
        kind: "step",
        name: nameOf(name.split(".").at(-1), "step"),
        ...told("output", rawIn(span, "output.value")),
      };
    default:
      return { ...about, kind: "other", name: nameOf(name, "span") };
  }
}

const descriptionOf = (description: string | undefined) =>
  description === undefined ? undefined : { description };

type Kind = "model" | "tool" | "agent" | "task" | "workflow" | "step" | null;

function kindOf(span: ReceivedSpan): Kind {
  switch (attributeOf(span, "openinference.span.kind")) {
    case "LLM":
      return "model";
    case "TOOL":
      return "tool";
    case "AGENT":
      return "agent";
    case "CHAIN":
      return span.name.endsWith(".kickoff") ? "workflow" : "step";
    default:
      return kindOfTraceloop(span);
  }
}

function kindOfTraceloop(span: ReceivedSpan): Kind {
  switch (attributeOf(span, "traceloop.span.kind")) {
    case "agent":
      return "agent";
    case "task":
      return "task";
    case "tool":
      return "tool";
    default:
      if (span.name === "crewai.workflow") return "workflow";
      return kindOfOperation(attributeOf(span, "gen_ai.operation.name"));
  }
}

function kindOfOperation(operation: string | undefined): Kind {
  switch (operation) {
    case "chat":
    case "text_completion":
    case "generate_content":
      return "model";
    case "execute_tool":
      return "tool";
    case "invoke_agent":
      return "agent";
    case "invoke_workflow":
      return "workflow";
    default:
      return null;
  }
}

/** The whole agent stands in the input of some; only a text is what it was asked. */
function otherAgent(span: ReceivedSpan): Omit<ToldSpan, "kind" | "key" | "session" | "isRoot"> {
  const role = attributeOf(span, "graph.node.id") ?? attributeOf(span, "gen_ai.agent.name");
  const isText = attributeOf(span, "input.mime_type") === "text/plain";
  const asked = isText ? attributeOf(span, "input.value") : undefined;
  return {
    name: nameOf(role, "agent"),
    ...told("agent", role?.slice(0, 200)),
    ...told("input", asked),
    ...told("expected", attributeOf(span, "task_expected_output")),
    ...told("output", rawIn(span, "output.value")),
  };
}

/** A model call, as far as it tells more than the conventions have words for. */
export function otherCall(
  span: ReceivedSpan,
): Pick<ToldSpan, "messages" | "output" | "responseId"> {
  const answer = valueIn(span, "output.value");
  const messages = messagesIn(span, "input.value") ?? messagesIn(span, "gen_ai.input.messages");
  return {
    ...told("messages", messages),
    ...told("output", answer ?? valueIn(span, "gen_ai.output.messages")),
    ...told("responseId", isRecord(answer) ? textOf(answer["id"]) : undefined),
  };
}
