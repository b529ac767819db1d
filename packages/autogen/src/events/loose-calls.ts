import type { EventDraft, Key } from "@spoor/core";
import type { Told, ToldTool } from "../messages/told.ts";
import { agentIdOf } from "./agent-id.ts";
import { answeredIds, answerOf, keyOfCall, tellCall } from "./calls.ts";
import { counted, isClaimed, isTraced } from "./claims.ts";
import { askedBy, toldElsewhere } from "./loose-tools.ts";
import type { LogLine } from "./native.ts";
import { type Process, processTurn } from "./process.ts";

/**
 * A model call outside of teams. It is told where the message that it made is, if a tool call's id says which one that is; else in the session of the
 * log, unless the journal has a call by messages or spans that may be this one: then that stands, because what is recorded is not taken back.
 */
export function* tellLoose(process: Process, line: LogLine): Iterable<EventDraft> {
  const { session, clock, elsewhere, like } = process;
  const { recorded } = elsewhere;
  const { asked } = answerOf(line.fields);
  const key = keyOfCall(line, (call) => counted(like, call));
  const known = recorded.sessionOf(key);
  if (known === null && isTraced(process, line)) {
    toldElsewhere(process, asked);
    return;
  }
  const joined = known === session ? null : messageMadeBy(process, line);
  if (joined !== null) {
    const place = known ?? joined.session;
    yield* tellCall({ session: place, clock: null }, key, line);
    yield {
      session: place,
      source: "log",
      type: "span.amended",
      on: key,
      mark: "message",
      alias: joined.call,
    };
  }
  const isElsewhere =
    joined !== null || (known === null ? isClaimed(process, line) : known !== session);
  if (isElsewhere) {
    toldElsewhere(process, asked);
    return;
  }
  const agent = agentIdOf(line.fields["agent_id"])?.name;
  yield* tellCall({ session, clock, parent: processTurn, agent }, key, line);
  yield* askedBy(process, key, asked);
}

interface Made {
  readonly session: string;
  readonly call: Key;
}

/** The message that asks for the same tool calls by id, or that answers to the same results. */
function messageMadeBy({ elsewhere }: Process, { fields }: LogLine): Made | null {
  const { asked } = answerOf(fields);
  const places = [elsewhere.recorded, elsewhere.messages];
  const [first, ...others] = asked.map(({ id }) => id);
  if (first !== undefined && others.every((id) => id !== undefined && id !== first))
    return found(places, first, (_, { call }) => call);
  const [answered] = asked.length === 0 ? answeredIds(fields) : [];
  return answered === undefined
    ? null
    : found(places, answered, (told, tool) => told.followerOf(tool));
}

function found(
  places: readonly Told[],
  id: string,
  callOf: (told: Told, tool: ToldTool) => Key | undefined,
): Made | null {
  for (const told of places) {
    const tool = told.toolCalled(id);
    const call = tool === null ? undefined : callOf(told, tool);
    if (tool !== null && call?.startsWith("message:") === true)
      return { session: tool.session, call };
  }
  return null;
}
