import type { EventDraft, Key } from "@spoor/core";
import { jsonOf, nameOf, textOf } from "../messages/narrow.ts";
import { agentIdOf } from "./agent-id.ts";
import type { NamedTool } from "../messages/told.ts";
import type { LogLine } from "./native.ts";
import { type PendingTool, type Process, processTurn } from "./process.ts";

const mostPending = 1_000;

export function* askedBy(
  process: Process,
  call: Key,
  asked: readonly NamedTool[],
): Iterable<EventDraft> {
  const { recorded, messages } = process.elsewhere;
  for (const [index, tool] of asked.entries()) {
    const { id, name, input } = tool;
    const key = `tool:${call}:${index}`;
    const isOwn = recorded.sessionOf(key) !== null;
    if (!isOwn && (recorded.mayTell(tool) || messages.mayTell(tool))) {
      toldElsewhere(process, [tool]);
      continue;
    }
    wait(process, { key, name, input: JSON.stringify(input) });
    yield {
      session: process.session,
      source: process.source,
      type: "tool.started",
      key,
      name: nameOf(name, "unnamed"),
      parent: processTurn,
      causedBy: call,
      ...(id === undefined ? {} : { toolCallId: nameOf(id, "") }),
      input: jsonOf(input),
    };
  }
}

/** What a call asks for that is told elsewhere is told there as well. */
export function toldElsewhere(process: Process, asked: readonly NamedTool[]): void {
  for (const { name, input } of asked)
    wait(process, { key: null, name, input: JSON.stringify(input) });
}

function wait({ tools }: Process, tool: PendingTool): void {
  tools.push(tool);
  if (tools.length > mostPending) tools.shift();
}

/**
 * A tool has returned: the first of those asked for with this name and these arguments, because the line has no id. No line tells of one that failed,
 * nor of those of a workbench: they stay open.
 */
export function* tellTool(process: Process, line: LogLine): Iterable<EventDraft> {
  const { tool_name: name, arguments: given, result, agent_id: agent } = line.fields;
  const about = { session: process.session, source: process.source };
  const input = JSON.stringify(given);
  const index = process.tools.findIndex((tool) => tool.name === name && tool.input === input);
  const [asked] = index < 0 ? [] : process.tools.splice(index, 1);
  if (asked?.key === null) return;
  const key = asked?.key ?? `tool:line:${process.lines}`;
  const by = agentIdOf(agent)?.name;
  if (asked === undefined)
    yield {
      ...about,
      type: "tool.started",
      key,
      name: nameOf(name, "unnamed"),
      parent: processTurn,
      ...(by === undefined ? {} : { agent: by }),
      input: jsonOf(given),
    };
  yield {
    ...about,
    ...process.clock.at(line),
    type: "tool.ended",
    key,
    outcome: { status: "ok" },
    output: textOf(result) ?? jsonOf(result),
  };
}
