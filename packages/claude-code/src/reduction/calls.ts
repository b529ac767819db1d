import { addUsage } from "@spoor/core";
import type { EventDraft, JsonValue, Key, Outcome, Usage } from "@spoor/core";
import { fieldsOf, known, listOf, textOf } from "../narrow.ts";
import type { Fields } from "../narrow.ts";
import { keptBlock } from "../content.ts";
import { providerOf } from "./provider.ts";
import { at, inferredAt, reach } from "./session.ts";
import type { Call, Lane, Moment, Session } from "./session.ts";
import { readToolBlock } from "./tools.ts";
import { callUsage, grownUsage, isUnknown, sameUsage } from "./usage.ts";

/** What a line tells of a call to the model, besides the message of the API itself. */
export interface Told {
  /** The usage is the call's last. */
  readonly final?: boolean;
  /** Of its request, which names the call where the message itself has no id. */
  readonly request?: string | undefined;
  /** When its request was sent, where something says so. */
  readonly sent?: number | undefined;
  readonly requestModel?: string | undefined;
  /** The counter that covers the call, where the source reads one. */
  readonly meter?: string;
  readonly native?: JsonValue | undefined;
  /** What the line says of a tool that the call asks for. */
  readonly aboutTool?: (toolUse: Key) => JsonValue | undefined;
}

/** An assistant line: one block, sometimes more, of a call that may span several lines. Gives the call, which goes on until its lane does. */
export function* hearCall(
  session: Session,
  lane: Lane,
  moment: Moment,
  message: Fields,
  told: Told,
): Generator<EventDraft, Call> {
  const call = yield* callOf(session, lane, moment, message, told);
  if (call.lines.has(moment.mark)) return call;
  call.lines.add(moment.mark);
  call.native ??= told.native;
  call.finishReason ??= textOf(message["stop_reason"]);
  reach(lane, moment.ms);
  reach(call, moment.ms);
  yield* reportUsage(session, call, moment, message["usage"], told.final === true);
  const blocks = listOf(message["content"]);
  const said = blocks.map(keptBlock);
  if (call.ended) yield sayMore(session, call, moment, said);
  call.blocks.push(...said);
  for (const block of blocks) {
    yield* readToolBlock(session, lane, call.key, moment, fieldsOf(block), told.aboutTool);
  }
  return call;
}

const mostEarlier = 16;

/** The call of that id, which may be over. An id that is new is the lane's next call, and so ends the one before. */
export function* callOf(
  session: Session,
  lane: Lane,
  moment: Moment,
  message: Fields,
  told: Told = {},
): Generator<EventDraft, Call> {
  const responseId = textOf(message["id"]);
  const key = responseId ?? told.request ?? moment.mark;
  const heard = [lane.call, ...session.earlier].find((call) => call?.key === key);
  if (heard) return heard;
  yield* endCall(session, lane);
  const model = textOf(message["model"]);
  lane.call = {
    key,
    responseId,
    model,
    meter: told.meter,
    lines: new Set(),
    blocks: [],
    said: callUsage(undefined),
    final: false,
    finishReason: undefined,
    latest: undefined,
    ended: false,
    native: undefined,
  };
  yield {
    ...session.head,
    type: "model.started",
    key,
    name: model ?? "model",
    parent: lane.owner,
    provider: providerOf(model),
    ...startOf(lane, moment, told.sent),
    ...known({ requestModel: told.requestModel }),
  };
  return lane.call;
}

/** The clocks of a replayed line and of a block may disagree; a start after the first block would be no start. */
function startOf({ since }: Lane, { ms }: Moment, sent: number | undefined): ReturnType<typeof at> {
  if (sent !== undefined) return at(sent);
  return since !== undefined && ms !== undefined && since > ms ? {} : inferredAt(since);
}

/** A call is over when its lane goes on to the next, or when the lane itself is over: never by what a tool returns meanwhile. */
export function* endCall(
  session: Session,
  lane: Lane,
  outcome: Outcome = { status: "ok" },
): Iterable<EventDraft> {
  const { call } = lane;
  if (call === null || call.ended) return;
  call.ended = true;
  lane.used = addUsage(lane.used, call.said);
  if (session.earlier.unshift(call) > mostEarlier) session.earlier.pop();
  yield {
    ...session.head,
    type: "model.ended",
    key: call.key,
    outcome,
    ...at(call.latest),
    ...known({
      responseId: call.responseId,
      model: call.model,
      finishReason: call.finishReason,
      native: call.native,
      output: call.blocks.length === 0 ? undefined : [...call.blocks],
    }),
  };
}

/** Nobody will tell how it ended: what it had said by then is said. */
export function* leaveCall({ head }: Session, lane: Lane): Iterable<EventDraft> {
  const { call } = lane;
  lane.call = null;
  if (call === null || call.ended || call.blocks.length === 0) return;
  yield {
    ...head,
    type: "span.amended",
    on: call.key,
    mark: "left",
    output: [...call.blocks],
  };
}

/** What a call still says after it was cut, or after words that looked like its last. */
const sayMore = (
  { head }: Session,
  { key }: Call,
  { mark, ms }: Moment,
  content: JsonValue,
): EventDraft => ({
  ...head,
  type: "message.sent",
  on: key,
  mark,
  ...at(ms),
  role: "assistant",
  content,
});

/** Said where it differs from what was said before; the final word is the last one. */
export function* reportUsage(
  session: Session,
  call: Call,
  { mark, ms }: Moment,
  shown: unknown,
  final: boolean,
): Iterable<EventDraft> {
  if (call.final) return;
  const usage: Usage = grownUsage(callUsage(shown), call.said);
  if (isUnknown(usage) || (!final && sameUsage(usage, call.said))) return;
  call.said = usage;
  call.final = final;
  yield {
    ...session.head,
    type: "usage.reported",
    on: call.key,
    mark,
    ...at(ms),
    basis: "call",
    usage,
    final,
    ...known({ meter: call.meter, model: call.model }),
  };
}
