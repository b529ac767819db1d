import type { EventDraft, Outcome, Usage, WorkKind } from "@spoor/core";
import {
  content,
  countOf,
  type Fields,
  fieldsOf,
  nameOf,
  textOf,
  told,
} from "../reading/narrow.ts";
import type { MastraSpan } from "./native.ts";

const source = "callback";
const works: Readonly<Record<string, WorkKind>> = {
  agent_run: "agent",
  workflow_run: "workflow",
  rag_vector_operation: "retrieval",
};
const tools = ["tool_call", "mcp_tool_call", "client_tool_call", "provider_tool_call"];
/** Around a call of a model there are a generation and its steps: they say again what the call says. */
const around = ["model_generation", "model_step"];

/** While a trace runs: what stands for a span that is not recorded, and the call that was made last in a step. */
export interface OpenTrace {
  readonly session: string;
  readonly standsFor: Map<string, string>;
  readonly calls: Map<string, string>;
}

/** A trace begins with the first of its spans. */
export function traceOf(span: MastraSpan): OpenTrace {
  const thread = textOf(fieldsOf(fieldsOf(span)["metadata"])["threadId"]);
  return { session: thread ?? span.traceId, standsFor: new Map(), calls: new Map() };
}

export function started(
  span: MastraSpan,
  trace: OpenTrace,
  isRoot: boolean,
): readonly EventDraft[] {
  const { session, standsFor, calls } = trace;
  const { id, traceId, parentSpanId = traceId } = span;
  const parent = standsFor.get(parentSpanId) ?? parentSpanId;
  if (around.includes(span.type)) {
    standsFor.set(id, parent);
    return [];
  }
  const fields: Fields = fieldsOf(span);
  const said = { session, source, at: timeOf(span.startTime) };
  const input = content("input", fields["input"]);
  const work = { ...said, key: id, parent, ...input };
  const attributes = fieldsOf(fields["attributes"]);
  if (span.type === "model_inference") {
    calls.set(parentSpanId, id);
    const model = textOf(attributes["model"]);
    return [
      {
        type: "model.started",
        ...work,
        name: model ?? "model",
        ...told("requestModel", model),
        ...told("provider", textOf(attributes["provider"])),
      },
    ];
  }
  const name = nameOf(span.entityName, nameOf(span.name, span.type));
  if (tools.includes(span.type))
    return [
      {
        type: "tool.started",
        ...work,
        name,
        ...told("causedBy", calls.get(parentSpanId)),
        ...told("toolCallId", textOf(attributes["toolCallId"])),
      },
    ];
  const kind = works[span.type] ?? (span.type.startsWith("workflow_") ? "step" : "other");
  const begun: EventDraft = {
    type: "work.started",
    ...work,
    kind,
    name,
    ...(kind === "agent" ? { agent: name } : {}),
  };
  if (!isRoot) return [begun];
  const inferred = session === traceId ? { inferred: true as const } : {};
  return [
    {
      type: "session.started",
      session,
      source,
      on: null,
      mark: "session",
      framework: "mastra",
      ...inferred,
    },
    { type: "turn.started", ...said, key: traceId, name, ...input },
    begun,
  ];
}

export function ended(
  span: MastraSpan,
  { session, calls }: OpenTrace,
  isRoot: boolean,
): readonly EventDraft[] {
  const fields: Fields = fieldsOf(span);
  const at = span.endTime === undefined ? {} : { at: timeOf(span.endTime) };
  const mark = { session, source, ...at, mark: "end" };
  const call = calls.get(span.id);
  if (span.type === "model_step" && call !== undefined && "input" in fields)
    return [{ type: "span.amended", ...mark, on: call, ...content("input", fields["input"]) }];
  if (around.includes(span.type)) return [];
  const attributes = fieldsOf(fields["attributes"]);
  const error = fieldsOf(fields["errorInfo"]);
  const output = content("output", fields["output"]);
  const detail = content("detail", error["message"]);
  const outcome = outcomeOf(fields["errorInfo"], attributes["finishReason"]);
  const said = { session, source, ...at, key: span.id, outcome, ...output, ...detail };
  if (span.type === "model_inference") {
    const usage = usageIn(fieldsOf(attributes["usage"]));
    return [
      ...(usage
        ? [
            {
              type: "usage.reported" as const,
              ...mark,
              on: span.id,
              basis: "call" as const,
              usage,
              final: true,
            },
          ]
        : []),
      {
        type: "model.ended",
        ...said,
        ...told("model", textOf(attributes["responseModel"])),
        ...told("finishReason", textOf(attributes["finishReason"])),
      },
    ];
  }
  if (tools.includes(span.type)) return [{ type: "tool.ended", ...said }];
  const done: EventDraft = { type: "work.ended", ...said };
  if (!isRoot) return [done];
  const above: Outcome = outcome.status === "error" ? { ...outcome, passedOn: true } : outcome;
  return [
    done,
    { type: "turn.ended", session, source, ...at, key: span.traceId, outcome: above, ...output },
  ];
}

/** A call that failed says only that it did: which error it was is told with the agent, and counted there. */
function outcomeOf(errorInfo: unknown, finishReason: unknown): Outcome {
  if (errorInfo !== undefined)
    return { status: "error", errorType: nameOf(fieldsOf(errorInfo)["name"], "Error") };
  if (finishReason === "error") return { status: "error", errorType: "Error", passedOn: true };
  return { status: "ok" };
}

/** Its input is the sum of its details. */
function usageIn(usage: Fields): Usage | null {
  const [input, output] = [countOf(usage["inputTokens"]), countOf(usage["outputTokens"])];
  if (input === undefined || output === undefined) return null;
  const [into, out] = [fieldsOf(usage["inputDetails"]), fieldsOf(usage["outputDetails"])];
  const cacheRead = countOf(into["cacheRead"]) ?? null;
  const cacheWrite = countOf(into["cacheWrite"]) ?? null;
  const uncached = Math.max(0, input - (cacheRead ?? 0) - (cacheWrite ?? 0));
  return {
    input: uncached,
    cacheRead,
    cacheWrite,
    output,
    reasoning: countOf(out["reasoning"]) ?? null,
  };
}

const timeOf = (time: Date | string): { readonly ms: number } => ({ ms: new Date(time).getTime() });
