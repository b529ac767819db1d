import type { EventDraft, Outcome, Usage, WorkKind } from "@spoor/core";
import { content, type Fields, fieldsOf, nameOf, textOf, told } from "../reading/narrow.ts";
import { usageOfCall } from "../reading/usage.ts";
import type { AgentsSpan } from "./native.ts";

/** Where a span is told. */
export interface SpanPlace {
  readonly session: string;
  readonly outcome: Outcome;
}

const source = "callback";

const workKinds: Readonly<Record<string, WorkKind>> = {
  task: "workflow",
  agent: "agent",
  turn: "step",
  guardrail: "guardrail",
};
const modelTypes = ["generation", "response", "transcription", "speech"];

const timeOf = (text: string | null): { readonly at?: { readonly ms: number } } =>
  text === null || Number.isNaN(Date.parse(text)) ? {} : { at: { ms: Date.parse(text) } };

/** What is known when it begins: a model's name and what it was asked are not. */
export function spanStarted(span: AgentsSpan, session: string): readonly EventDraft[] {
  const data: Fields = fieldsOf(span.spanData);
  const { type } = span.spanData;
  if (type === "handoff") return [];
  const parent = span.parentId ?? span.traceId;
  const said = { session, source, key: span.spanId, parent, ...timeOf(span.startedAt) };
  if (type === "function")
    return [{ type: "tool.started", ...said, name: nameOf(data["name"], "tool") }];
  if (modelTypes.includes(type)) return [{ type: "model.started", ...said, name: type }];
  const name = type === "turn" ? `turn ${String(data["turn"])}` : nameOf(data["name"], type);
  const agent = textOf(type === "agent" ? data["name"] : data["agent_name"]);
  return [
    {
      type: "work.started",
      ...said,
      kind: workKinds[type] ?? "other",
      name,
      ...told("agent", agent),
    },
  ];
}

export function spanEnded(
  span: AgentsSpan,
  { session, outcome }: SpanPlace,
): readonly EventDraft[] {
  const data: Fields = fieldsOf(span.spanData);
  const { type } = span.spanData;
  const moment = { session, source, ...timeOf(span.endedAt) };
  const mark = { ...moment, on: span.spanId, mark: "end" };
  const ended = {
    ...moment,
    key: span.spanId,
    outcome,
    ...content("detail", errorTextOf(span) ?? undefined),
    ...content("output", data["output"] ?? data["result"]),
  };
  const asked = content("input", data["input"] ?? data["_input"]);
  const amended: readonly EventDraft[] =
    "input" in asked ? [{ type: "span.amended", ...mark, mark: "input", ...asked }] : [];
  if (type === "handoff")
    return [
      {
        type: "handoff.made",
        ...mark,
        on: span.parentId ?? span.traceId,
        mark: span.spanId,
        to: nameOf(data["to_agent"], "somebody"),
      },
    ];
  if (type === "function") return [...amended, { type: "tool.ended", ...ended }];
  if (modelTypes.includes(type)) return [...amended, ...callEnded(data, mark, ended)];
  const score: readonly EventDraft[] =
    type === "guardrail"
      ? [
          {
            type: "score.given",
            ...mark,
            name: nameOf(data["name"], type),
            value: data["triggered"] !== true,
          },
        ]
      : [];
  return [...score, { type: "work.ended", ...ended }];
}

/** Tasks and turns have usage too, of the calls inside: it is not told again. */
function callEnded(
  data: Fields,
  mark: {
    readonly session: string;
    readonly source: string;
    readonly on: string;
    readonly mark: string;
  },
  ended: {
    readonly session: string;
    readonly source: string;
    readonly key: string;
    readonly outcome: Outcome;
  },
): readonly EventDraft[] {
  const response = fieldsOf(data["_response"]);
  const usage = usageIn(fieldsOf(data["usage"] ?? response["usage"]));
  return [
    ...(usage === null
      ? []
      : [{ type: "usage.reported" as const, ...mark, basis: "call" as const, usage, final: true }]),
    {
      type: "model.ended",
      ...ended,
      ...content("output", data["output"] ?? response["output"]),
      ...told("model", textOf(data["model"]) ?? textOf(response["model"])),
      ...told("responseId", textOf(data["response_id"])),
    },
  ];
}

/** The Responses API and chat completions count alike, under names of their own. */
function usageIn(usage: Fields): Usage | null {
  return usageOfCall({
    ...usage,
    prompt_tokens: usage["input_tokens"] ?? usage["prompt_tokens"],
    completion_tokens: usage["output_tokens"] ?? usage["completion_tokens"],
    prompt_tokens_details: usage["input_tokens_details"] ?? usage["prompt_tokens_details"],
    completion_tokens_details: usage["output_tokens_details"] ?? usage["completion_tokens_details"],
  });
}

/** What went wrong in its own words, where the library's are only about where. */
export const errorTextOf = ({ error }: AgentsSpan): string | null =>
  error && (textOf(fieldsOf(error.data)["error"]) ?? error.message);
