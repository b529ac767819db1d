import { hash } from "node:crypto";
import type { EventDraft, Key } from "@spoor/core";
import { jsonOf, nameOf, parsed, textOf, timed } from "../messages/narrow.ts";
import { agentIdOf } from "./agent-id.ts";
import { answerOf, keyOfCall, tellCall } from "./calls.ts";
import type { LogLine } from "./native.ts";

/** What a log tells outside of teams: agents that run by themselves, and a runtime's own. No line says which run it is of, so all of it is one turn, which nobody sees ending. */
export interface Process {
  readonly session: string;
  readonly source: "log";
  lines: number;
  readonly like: Map<string, number>;
}

const turn: Key = "log";

/** Named after the first answer of a model, or whatever its first line says. */
export function* startProcess(line: LogLine): Generator<EventDraft, Process> {
  const id =
    answerOf(line.fields).id ??
    hash("sha256", JSON.stringify([line.writtenAt, line.fields])).slice(0, 32);
  const process: Process = { session: `log:${id}`, source: "log", lines: 0, like: new Map() };
  const about = { session: process.session, source: process.source };
  yield {
    ...about,
    type: "session.started",
    on: null,
    mark: "session",
    framework: "autogen",
    inferred: true,
  };
  yield { ...about, ...timed(line.writtenAt), type: "turn.started", key: turn, name: "log" };
  return process;
}

export function* readProcess(process: Process, line: LogLine): Iterable<EventDraft> {
  process.lines += 1;
  const { fields, type } = line;
  switch (type) {
    case "LLMStreamStart":
      return;
    case "LLMCall":
    case "LLMStreamEnd":
      yield* tellCall(
        process,
        keyOfCall(line, (like) => counted(process, like)),
        line,
        turn,
      );
      return;
    case "ToolCall":
      yield* tellTool(process, line);
      return;
    case "Message":
      yield message(process, line);
      return;
    case "MessageHandlerException":
    case "AgentConstructionException":
      yield {
        ...marked(process, line),
        type: "log.written",
        level: textOf(fields["exception"]) === undefined ? "info" : "error",
        content: jsonOf(fields),
      };
      return;
    default:
      yield {
        ...marked(process, line),
        type: "native.noted",
        name: nameOf(type, "line"),
        native: jsonOf(fields),
      };
  }
}

function counted(process: Process, like: string): number {
  const count = (process.like.get(like) ?? 0) + 1;
  process.like.set(like, count);
  return count;
}

const marked = (process: Process, line: LogLine) => ({
  session: process.session,
  source: process.source,
  ...timed(line.writtenAt),
  on: turn,
  mark: `line:${process.lines}`,
});

function message(process: Process, line: LogLine): EventDraft {
  const { sender, receiver, kind, delivery_stage: stage, payload } = line.fields;
  const isSent = textOf(stage)?.endsWith("SEND") === true;
  return {
    ...marked(process, line),
    type: isSent ? "message.sent" : "message.received",
    role: agentIdOf(sender)?.name ?? "user",
    content: jsonOf(parsed(textOf(payload) ?? "") ?? payload),
    native: jsonOf({ sender: sender ?? null, receiver: receiver ?? null, kind: kind ?? null }),
  };
}

/** It is written when the tool has returned; no line tells of one that failed. */
function* tellTool(process: Process, line: LogLine): Iterable<EventDraft> {
  const { tool_name: name, arguments: given, result, agent_id: agent } = line.fields;
  const about = { session: process.session, source: process.source };
  const key = `tool:line:${process.lines}`;
  const by = agentIdOf(agent)?.name;
  yield {
    ...about,
    type: "tool.started",
    key,
    name: nameOf(name, "unnamed"),
    parent: turn,
    ...(by === undefined ? {} : { agent: by }),
    input: jsonOf(given),
  };
  yield {
    ...about,
    ...timed(line.writtenAt),
    type: "tool.ended",
    key,
    outcome: { status: "ok" },
    output: jsonOf(result),
  };
}
