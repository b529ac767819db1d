import type { EventDraft, Outcome } from "@spoor/core";
import { timed } from "../../messages/narrow.ts";
import type { ActorEnvelope } from "../envelope.ts";
import { turnKeyOf } from "../keys.ts";
import { contentOf } from "../message-facts.ts";
import { source } from "./source.ts";
import type { Sender, ToldMessage } from "./told-messages.ts";

/** Whoever answers has done what was asked; a turn that was a request is over with its answer. `request`: null where no line tells of it. */
export function* endingsOf(
  answer: ActorEnvelope,
  work: Sender,
  requestId: string,
  request: ToldMessage | null,
): Iterable<EventDraft> {
  const { session, key } = work;
  if (key !== work.turn)
    yield { type: "work.ended", session, source, key, ...endingOf(answer, false) };
  const turn = turnKeyOf(requestId);
  if (request?.isRequest && request.sender?.key === turn)
    yield {
      type: "turn.ended",
      session: request.session,
      source,
      key: turn,
      ...endingOf(answer, key !== work.turn),
    };
}

function endingOf(
  answer: ActorEnvelope,
  passedOn: boolean,
): Pick<EventDraft & { readonly type: "work.ended" }, "outcome" | "output" | "detail" | "at"> {
  const said = answer.payload === undefined ? null : contentOf(answer);
  const at = timed(answer.createdAt);
  if (answer.kind !== "error")
    return { outcome: { status: "ok" }, ...(said === null ? {} : { output: said }), ...at };
  const outcome: Outcome = {
    status: "error",
    errorType: answer.messageType ?? "error",
    ...(passedOn ? { passedOn } : {}),
  };
  return { outcome, ...(said === null ? {} : { detail: said }), ...at };
}
