import type { ReceivedSpan } from "@spoor/core";
import { callKey } from "../drafts/calls.ts";
import type { Elsewhere } from "../elsewhere.ts";
import { countOf, nameOf, parsed, told } from "../../reading/narrow.ts";
import { attributeOf, messagesIn, rawIn, type ToldSpan, valueIn } from "./told-span.ts";

/**
 * A span of CrewAI's own sessions of telemetry. It names the event that began what it tells of, and the execution, so it is the same as what that event tells.
 * Null: it is none, or of a failure that another span tells as well.
 */
export function ownSpan(span: ReceivedSpan, elsewhere: Elsewhere): ToldSpan | null {
  const { scope, name } = span;
  const id = attributeOf(span, "event_id");
  const run = attributeOf(span, "crewai.execution_uuid");
  if (scope.name !== "crewai" || id === undefined || run === undefined) return null;
  const about = {
    key: id,
    session: elsewhere.sessionOf(id) ?? elsewhere.sessionOf(callKeyOf(span) ?? id) ?? run,
    isRoot: attributeOf(span, "parent_event_id") === undefined,
    ...told("version", scope.version ?? undefined),
    ...told("agent", attributeOf(span, "crewai.agent.role")?.slice(0, 200)),
  };
  const output = told("output", valueIn(span, "gen_ai.output.messages"));
  switch (name) {
    case "execute crew":
      return {
        ...about,
        kind: "workflow",
        name: nameOf(attributeOf(span, "crewai.crew.name"), "crew"),
        ...told("input", valueIn(span, "crewai.crew.inputs")),
        ...told("output", attributeOf(span, "crewai.crew.output")),
      };
    case "execute flow":
      return {
        ...about,
        kind: "workflow",
        name: nameOf(attributeOf(span, "crewai.flow.name"), "flow"),
        ...told("input", valueIn(span, "crewai.flow.inputs")),
        ...told("output", rawIn(span, "crewai.flow.result")),
      };
    case "call method":
      return {
        ...about,
        kind: "step",
        name: nameOf(attributeOf(span, "crewai.method.name"), "method"),
        ...told("output", rawIn(span, "crewai.method.result")),
      };
    case "execute task":
      return { ...about, kind: "task", ...ownTask(span) };
    case "execute agent":
      return {
        ...about,
        kind: "agent",
        name: nameOf(attributeOf(span, "crewai.agent.role"), "agent"),
        ...told("input", valueIn(span, "gen_ai.input.messages")),
        ...output,
      };
    case "evaluate guardrail":
      return { ...about, kind: "guardrail", ...ownGuardrail(span) };
    case "call llm":
      return {
        ...about,
        kind: "model",
        key: callKeyOf(span) ?? id,
        name: "model",
        ...told("messages", messagesIn(span, "gen_ai.input.messages")),
        ...output,
      };
    case "call tool":
      return { ...about, kind: "tool", ...ownTool(span) };
    case "tool failure":
      return isRefusal(span) ? { ...about, kind: "tool", ...ownTool(span) } : null;
    default:
      return { ...about, kind: "other", name: nameOf(name, "span") };
  }
}

const callKeyOf = (span: ReceivedSpan): string | undefined =>
  callKey({
    type: "",
    timed: {},
    about: {},
    fields: { call_id: attributeOf(span, "crewai.llm.call_id") },
  });

/** A task without a name is called by its whole description; that is no name. */
function ownTask(span: ReceivedSpan): Pick<ToldSpan, "name" | "input" | "expected" | "output"> {
  const description = attributeOf(span, "crewai.task.description");
  const name = attributeOf(span, "crewai.task.name");
  return {
    name: name === description ? "task" : nameOf(name, "task"),
    ...told("input", description === undefined ? undefined : { description }),
    ...told("expected", attributeOf(span, "crewai.task.expected_output")),
    ...told("output", attributeOf(span, "crewai.task.output")),
  };
}

function ownGuardrail(span: ReceivedSpan): Pick<ToldSpan, "name" | "attempt" | "verdict"> {
  const { attributes } = span;
  const passed = attributes["crewai.guardrail.success"];
  const retry = countOf(attributes["crewai.guardrail.retry_count"]);
  const type = attributeOf(span, "crewai.guardrail.type") ?? "function";
  return {
    name:
      type === "function"
        ? nameOf(attributeOf(span, "crewai.subject"), "guardrail")
        : nameOf(type, ""),
    ...told("attempt", retry === undefined ? undefined : retry + 1),
    ...(typeof passed === "boolean"
      ? { verdict: { passed, ...told("why", attributeOf(span, "crewai.guardrail.error")) } }
      : {}),
  };
}

const ownTool = (span: ReceivedSpan): Pick<ToldSpan, "name" | "input" | "output"> => ({
  name: nameOf(attributeOf(span, "gen_ai.tool.name"), "unnamed"),
  ...told("input", valueIn(span, "gen_ai.tool.call.arguments")),
  ...told("output", valueIn(span, "gen_ai.tool.call.result")),
});

/** Only where arguments could not be read is there no span of the call itself. */
const isRefusal = (span: ReceivedSpan): boolean =>
  attributeOf(span, "crewai.tool.failure.reason") === "invalid_input" &&
  parsed(attributeOf(span, "gen_ai.tool.call.arguments") ?? "") === undefined;
