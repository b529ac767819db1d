import type { EventDraft } from "@spoor/core";
import { jsonOf, nameOf, parsed, textOf } from "../messages/narrow.ts";
import { agentIdOf } from "./agent-id.ts";
import type { LogLine } from "./native.ts";
import { type Process, processTurn } from "./process.ts";

/**
 * A handler outside of teams raised, or an agent could not be made: that much of its work is known. The class of the exception is not in the log. No
 * text: it was cancelled, which is no error.
 */
export function* tellFailure(process: Process, line: LogLine): Iterable<EventDraft> {
  const { fields, type } = line;
  const { handling_agent: handling, agent_id: made, exception, payload } = fields;
  const about = { session: process.session, source: process.source };
  const key = `failed:line:${process.lines}`;
  const name = agentIdOf(handling ?? made)?.name ?? "agent";
  const text = textOf(exception);
  const input = parsed(textOf(payload) ?? "") ?? payload;
  yield {
    ...about,
    type: "work.started",
    kind: "agent",
    key,
    name,
    agent: name,
    parent: processTurn,
    ...(input === undefined ? {} : { input: jsonOf(input) }),
  };
  yield {
    ...about,
    ...process.clock.at(line),
    type: "work.ended",
    key,
    outcome:
      text === undefined
        ? { status: "cancelled" }
        : { status: "error", errorType: nameOf(type, "error") },
    ...(text === undefined ? {} : { detail: text }),
  };
}
