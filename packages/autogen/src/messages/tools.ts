import type { EventDraft } from "@spoor/core";
import { answersIn, type Item, requestsIn, type ToolAnswer } from "./native.ts";
import { jsonOf, nameOf, timed } from "./narrow.ts";
import { about, type Activation, type Run } from "./run.ts";

/** The calls that one answer of a model asks for. Their ids may be empty, or all the same, so the place in the request names them. */
export function* askedFor(
  run: Run,
  item: Item,
  id: string,
  agent: Activation,
): Iterable<EventDraft> {
  const parent = agent.key;
  for (const [index, request] of requestsIn(item).entries()) {
    const key = `tool:${id}:${index}`;
    const name = nameOf(request.name, "unnamed");
    const { id: callId, arguments: input } = request;
    if (index === 0) agent.tool = key;
    agent.asked.push({ key, id: callId, name, input, answered: false, isTask: false });
    yield {
      ...about(run),
      ...timed(item.createdAt),
      type: "tool.started",
      key,
      name,
      parent,
      ...(agent.call === undefined ? {} : { causedBy: agent.call }),
      ...(request.id === undefined ? {} : { toolCallId: nameOf(request.id, "") }),
      input: jsonOf(request.arguments),
    };
  }
}

/** Of calls that share an id, or have none, the first that is still to be answered: answers come in the order of the request. */
export function* answered(run: Run, item: Item, { asked }: Activation): Iterable<EventDraft> {
  for (const answer of answersIn(item)) {
    const call = asked.find((open) => !open.answered && open.id === answer.callId);
    if (call === undefined) continue;
    call.answered = true;
    yield {
      ...about(run),
      ...timed(item.createdAt),
      type: "tool.ended",
      key: call.key,
      ...whatCameOf(answer),
    };
  }
}

function whatCameOf({ content, failed }: ToolAnswer) {
  return failed
    ? ({
        outcome: { status: "error", errorType: "ToolError" },
        detail: jsonOf(content),
      } as const)
    : ({ outcome: { status: "ok" }, output: jsonOf(content) } as const);
}
