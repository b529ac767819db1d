import type { EventDraft, Key, Outcome } from "@spoor/core";
import { keptContent, wordsOf } from "../content.ts";
import { fieldsOf, jsonOf, known, listOf, numberOf, only, textOf } from "../narrow.ts";
import { agentKey } from "../reduction/agents.ts";
import type { Told } from "./reading.ts";

/** A tool call is about to run, or to be asked about. */
export function* beginTool(told: Told, start?: number): Iterable<EventDraft> {
  const { input, head, session } = told;
  const key = textOf(input.tool_use_id);
  if (key === undefined) return;
  session.tools.add(key);
  if (delegating.has(input.tool_name)) session.delegations.add(key);
  yield opening(told, key, input.tool_name, input.tool_input, start);
  const native = only(input, toolFacts);
  if (native !== undefined) yield { ...head, type: "span.amended", on: key, mark: "facts", native };
}

/** The tool was called Task before. */
const delegating: ReadonlySet<unknown> = new Set(["Agent", "Task"]);

const toolFacts: ReadonlySet<string> = new Set(["mcp_server"]);

function opening(
  { head, agent, turn }: Told,
  key: Key,
  name: unknown,
  input: unknown,
  start?: number,
): EventDraft {
  return {
    ...head,
    type: "tool.started",
    key,
    name: textOf(name) ?? "tool",
    toolCallId: key,
    ...(start === undefined ? {} : { at: { ms: start, inferred: true } }),
    ...known({
      parent: agent ?? turn ?? undefined,
      input: input === undefined ? undefined : jsonOf(input),
    }),
  };
}

/** It ran, well or not. Its result as the model gets it comes with the batch. */
export function* endTool(told: Told, failed: boolean): Iterable<EventDraft> {
  const { input, head, session, event } = told;
  const key = textOf(input.tool_use_id);
  if (key === undefined) return;
  const duration = numberOf(input.duration_ms);
  if (!session.tools.has(key)) yield* beginTool(told, startOf(event.at, duration));
  session.tools.delete(key);
  session.delegations.delete(key);
  const words = textOf(input.error);
  yield {
    ...head,
    type: "tool.ended",
    key,
    outcome: failed ? failure(words ?? "", input.is_interrupt === true) : { status: "ok" },
    ...known({ detail: failed ? words : undefined }),
  };
  if (duration !== undefined)
    yield {
      ...head,
      type: "span.amended",
      on: key,
      mark: "duration",
      native: { duration_ms: duration },
    };
  yield* tellSpawned(told, key);
}

const startOf = (end: number | undefined, duration: number | undefined): number | undefined =>
  end === undefined || duration === undefined ? undefined : end - duration;

function failure(words: string, interrupted: boolean): Outcome {
  if (interrupted) return { status: "cancelled" };
  const invalid = words.startsWith(invalidWords);
  return { status: "error", errorType: invalid ? "invalid_input" : "tool_error" };
}

const invalidWords = "<tool_use_error>";

/** Only the result of the tool that spawned a subagent tells which one it was. */
function* tellSpawned({ input, head }: Told, key: Key): Iterable<EventDraft> {
  const agentId = textOf(fieldsOf(input.tool_response)["agentId"]);
  if (agentId === undefined) return;
  yield {
    ...head,
    type: "span.amended",
    on: agentKey(agentId),
    mark: "spawner",
    parent: key,
    alias: agentKey(key),
  };
}

/**
 * All tools that were asked for at once have an answer. One that did not run is told of here only: as begun before, where it was denied; for
 * the first time, where it was no valid call.
 */
export function* endBatch(told: Told): Iterable<EventDraft> {
  const { input, head, session } = told;
  for (const call of listOf(input.tool_calls).map(fieldsOf)) {
    const key = textOf(call["tool_use_id"]);
    if (key === undefined) continue;
    const response = call["tool_response"];
    const words = wordsOf(response) ?? "";
    const invalid = words.startsWith(invalidWords);
    if (invalid && !session.tools.has(key))
      yield opening(told, key, call["tool_name"], call["tool_input"]);
    if (response !== undefined)
      yield {
        ...head,
        type: "span.amended",
        on: key,
        mark: "output",
        output: keptContent(response),
      };
    session.delegations.delete(key);
    if (!session.tools.delete(key) && !invalid) continue;
    const errorType = invalid ? "invalid_input" : "permission_denied";
    yield {
      ...head,
      type: "tool.ended",
      key,
      outcome: { status: "error", errorType },
      ...known({ detail: textOf(words) }),
    };
  }
}

/** An automatic denial. */
export function* denyTool({ input, head, mark }: Told): Iterable<EventDraft> {
  const key = textOf(input.tool_use_id);
  if (key === undefined) return;
  yield {
    ...head,
    type: "decision.made",
    on: key,
    mark,
    kind: "permission",
    choice: "reject",
    ...known({ why: textOf(input.reason) }),
  };
}
