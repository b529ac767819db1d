import type { EventDraft } from "@spoor/core";
import { jsonOf, nameOf, parsed, textOf } from "../messages/narrow.ts";
import { agentIdOf } from "./agent-id.ts";
import { tellLoose } from "./loose-calls.ts";
import { tellFailure } from "./loose-failures.ts";
import { tellTool } from "./loose-tools.ts";
import type { LogLine } from "./native.ts";
import { type Process, processTurn } from "./process.ts";

/** Only what no other session tells makes it a session. */
export function* readProcess(process: Process, line: LogLine): Iterable<EventDraft> {
  process.lines += 1;
  for (const draft of draftsOf(process, line)) {
    if (draft.session === process.session && !process.isStarted) yield* start(process, line);
    yield draft;
  }
}

function* start(process: Process, line: LogLine): Iterable<EventDraft> {
  process.isStarted = true;
  const about = { session: process.session, source: process.source };
  yield {
    ...about,
    type: "session.started",
    on: null,
    mark: "session",
    framework: "autogen",
    inferred: true,
  };
  yield {
    ...about,
    ...process.clock.at(line),
    type: "turn.started",
    key: processTurn,
    name: "log",
  };
}

function* draftsOf(process: Process, line: LogLine): Iterable<EventDraft> {
  const { fields, type } = line;
  switch (type) {
    case "LLMStreamStart":
      return;
    case "LLMCall":
    case "LLMStreamEnd":
      yield* tellLoose(process, line);
      return;
    case "ToolCall":
      yield* tellTool(process, line);
      return;
    case "Message":
      yield message(process, line);
      return;
    case "MessageHandlerException":
    case "AgentConstructionException":
      yield* tellFailure(process, line);
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

const marked = (process: Process, line: LogLine) => ({
  session: process.session,
  source: process.source,
  ...process.clock.at(line),
  on: processTurn,
  mark: `line:${process.lines}`,
});

function message(process: Process, line: LogLine): EventDraft {
  const { sender, receiver, kind, delivery_stage: stage, payload } = line.fields;
  const [from, to] = [agentIdOf(sender)?.name, agentIdOf(receiver)?.name];
  const isSent = textOf(stage)?.endsWith("SEND") === true;
  return {
    ...marked(process, line),
    type: isSent ? "message.sent" : "message.received",
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    role: kindOf(kind),
    content: jsonOf(parsed(textOf(payload) ?? "") ?? payload),
    native: jsonOf({ sender: sender ?? null, receiver: receiver ?? null, kind: kind ?? null }),
  };
}

/** `MessageKind.PUBLISH` is `publish`. */
const kindOf = (kind: unknown): string =>
  nameOf(textOf(kind)?.split(".").at(-1)?.toLowerCase(), "message");
