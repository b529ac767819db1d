import {
  type EventDraft,
  type Key,
  receivedCall,
  type ReceivedCall,
  type ReceivedSpan,
} from "@spoor/core";
import { textOf } from "../messages/narrow.ts";
import { addAgent, addCall, addTool } from "./agent-work.ts";
import type { Arrivals } from "./arrivals.ts";
import { receivedContent } from "./content.ts";
import { inside, parentIn, type Place } from "./place.ts";
import type { OtherWitnesses } from "./elsewhere.ts";
import type { Placed } from "./placed.ts";
import { about, keyOf, opened } from "./scene.ts";
import { keyOfCall, tellCall, tellTool, tellWork, uncounted } from "./tell.ts";

/** Agents, calls of models and tools, workflows and their executors; gives the place in which all that is inside stands. */
export function* readWork(placed: Placed, others: OtherWitnesses): Generator<EventDraft, Place> {
  const { span, role, place } = placed;
  switch (role.is) {
    case "agent":
      return yield* readAgent(placed, role.name);
    case "model":
      return yield* readCall(placed, others);
    case "tool":
      return yield* readTool(placed, role.name);
    case "repeated tool":
      return yield* repeatTool(placed);
    case "workflow":
    case "step":
      yield* opened(place.scene, span);
      yield* tellWork({
        ...tellingOf(placed),
        kind: role.is,
        name: role.name,
        causedBy: senderOf(span, placed.arrivals),
      });
      return inside(place, keyOf(span));
    default:
      return { ...place, created: null };
  }
}

const tellingOf = ({ place, span, arrivals }: Placed) => ({
  place,
  span,
  failedBelow: arrivals.failedBelow(span.spanId),
});

/** An executor links to the messages that it was given. */
function senderOf({ links }: ReceivedSpan, arrivals: Arrivals): Key | null {
  const [link] = links;
  const sender = link && arrivals.senderOf(link.spanId);
  return sender ? keyOf({ spanId: sender }) : null;
}

/** In a team, the handling of the request is told of as the agent's work already. */
function* readAgent(placed: Placed, name: string): Generator<EventDraft, Place> {
  const { span, place } = placed;
  const { work, agent, call, tool } = place;
  if (work !== null && agent === name && call === null && tool === null) return place;
  yield* opened(place.scene, span);
  yield* tellWork({ ...tellingOf(placed), kind: "agent", name, agent: name });
  if (!placed.arrivals.hasCalls) yield uncounted(place.scene, span);
  if (work !== null) addAgent(work, name, keyOf(span));
  return { ...inside(place, keyOf(span)), agent: name };
}

function* readTool(placed: Placed, name: string): Generator<EventDraft, Place> {
  const { span, place } = placed;
  const key = keyOf(span);
  yield* opened(place.scene, span);
  yield* tellTool(tellingOf(placed), name);
  if (place.agent === undefined && !placed.arrivals.hasCalls) yield uncounted(place.scene, span);
  const callId = textOf(span.attributes["gen_ai.tool.call.id"]);
  if (place.work !== null && callId !== undefined) yield* addTool(place.work, key, callId);
  return { ...inside(place, key), tool: key };
}

/** What it says went in and came out is said of the tool call that it stands around, or within. */
function* repeatTool({ span, place }: Placed): Generator<EventDraft, Place> {
  const toolContent = receivedContent(span);
  if (place.tool === null) return { ...place, toolContent };
  yield {
    ...about(place.scene),
    type: "span.amended",
    on: place.tool,
    mark: "content",
    ...toolContent,
  };
  return place;
}

/**
 * A call that another witness tells of in a session of its own is told there, and nowhere else; one that messages may have told of is not told
 * again. Within the run of a team, messages and spans meet in the agents' own turns. What stands around a call, and does not know its answer's id,
 * is told as that call.
 */
function* readCall(placed: Placed, others: OtherWitnesses): Generator<EventDraft, Place> {
  const { span, place } = placed;
  const call = receivedCall(span.attributes);
  const key = keyOfCall(span, call);
  const parent = place.call?.parent ?? parentIn(place);
  const within = { ...place, call: { key, parent } };
  const isWrapper = call.responseId === undefined && placed.arrivals.hasCallBelow(span.spanId);
  if (isWrapper || place.call?.key === key) return place;
  const known = others.sessionOf(key);
  const telling = { ...tellingOf(placed), key, call };
  if (known !== null && known !== place.scene.session) {
    yield* tellCall({ ...telling, session: known, parent: undefined });
    return within;
  }
  const isInside = place.run !== null || place.call !== null;
  if (known === null && !isInside && others.isClaimed(call, span.endedAt)) return within;
  yield* opened(place.scene, span);
  yield* tellCall({ ...telling, session: place.scene.session, parent });
  yield* sameCall(place, key, call);
  return within;
}

/** One that lies in another is the same one, as another instrumentation sees it; one that made a message is what the message tells of. */
function* sameCall(
  { scene, call, work }: Place,
  key: Key,
  { usage }: ReceivedCall,
): Iterable<EventDraft> {
  if (call === null) {
    if (work !== null) yield* addCall(work, key, usage);
  } else if (call.key !== key)
    yield { ...about(scene), type: "span.amended", on: key, mark: "call", alias: call.key };
}
