import type { DraftOf, EventDraft, FullContext, JsonObject, Key } from "@spoor/core";
import type { CrewEvent } from "../native.ts";
import {
  content,
  type Fields,
  jsonOf,
  listOf,
  nameOf,
  parsed,
  textOf,
  told,
  fieldsOf,
} from "../../reading/narrow.ts";
import { agentIn } from "../people.ts";
import { failed } from "./failure.ts";
import { type Placed, said } from "./place.ts";
import { usageOfCall } from "../../reading/usage.ts";

/** A call has an id of its own since 1.10; before that it goes by the event that began it. */
export function callKey({ fields, started }: CrewEvent, id?: string): Key | undefined {
  const call = textOf(fields["call_id"]) ?? id ?? started ?? undefined;
  return call === undefined ? undefined : `call:${call}`;
}

const settings = [
  "temperature",
  "top_p",
  "max_tokens",
  "stream",
  "seed",
  "stop_sequences",
  "frequency_penalty",
  "presence_penalty",
  "n",
] as const;

export function callStarted(placed: Placed, key: Key): DraftOf<"model.started"> {
  const { event, on } = placed;
  const { fields, about } = event;
  const agent = agentIn(fields).role;
  const model = textOf(fields["model"]) ?? about.model;
  return {
    ...said(placed),
    type: "model.started",
    key,
    name: "model",
    ...told("parent", on),
    ...told("agent", agent === undefined ? undefined : nameOf(agent, "")),
    ...told("requestModel", model?.slice(0, 200)),
    ...told("provider", about.provider?.slice(0, 200)),
    ...told("context", contextOf(fields)),
    ...told("parameters", parametersOf(fields)),
  };
}

function contextOf({ messages, tools }: Fields): FullContext | undefined {
  const given = typeof messages === "string" ? [messages] : messages;
  if (!Array.isArray(given)) return undefined;
  return {
    messages: given.map(jsonOf),
    ...(Array.isArray(tools) && tools.length > 0 ? { tools: jsonOf(tools) } : {}),
  };
}

function parametersOf(fields: Fields): JsonObject | undefined {
  const given = settings.flatMap((name) =>
    fields[name] === undefined || fields[name] === null
      ? []
      : [[name, jsonOf(fields[name])] as const],
  );
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** `isCounted`: in another session, by somebody whose ids are others. */
export function* callCompleted(placed: Placed, key: Key, isCounted: boolean): Iterable<EventDraft> {
  const { fields } = placed.event;
  yield {
    ...said(placed),
    type: "model.ended",
    key,
    outcome: { status: "ok" },
    ...told("finishReason", textOf(fields["finish_reason"])?.slice(0, 200)),
    ...told("responseId", textOf(fields["response_id"])?.slice(0, 200)),
    ...content("output", fields["response"]),
  };
  const usage = usageOfCall(fields["usage"]);
  if (usage !== null && !isCounted)
    yield {
      ...said(placed),
      type: "usage.reported",
      on: key,
      mark: "call",
      basis: "call",
      usage,
      final: true,
    };
}

/** What it used is unknown: an answer that did not fit the form that was asked for was paid all the same. */
export const callFailed = (placed: Placed, key: Key): EventDraft => ({
  ...said(placed),
  type: "model.ended",
  key,
  outcome: failed(placed.event.fields, false),
  ...content("detail", placed.event.fields["error"]),
});

/** A tool call in a model's answer, as OpenAI or as Anthropic writes it. */
export interface AskedTool {
  readonly id: string | undefined;
  readonly name: string;
  readonly input: unknown;
}

export function toolsAskedFor(response: unknown): readonly AskedTool[] {
  return listOf(response).flatMap((value) => {
    const asked = fieldsOf(value);
    const { name: function_, arguments: given } = fieldsOf(asked["function"]);
    const name = textOf(function_) ?? textOf(asked["name"]);
    if (name === undefined) return [];
    const text = textOf(given);
    const input = text === undefined ? (given ?? asked["input"]) : (parsed(text) ?? text);
    return [{ id: textOf(asked["id"]), name, input }];
  });
}
