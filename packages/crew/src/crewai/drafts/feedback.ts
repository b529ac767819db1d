import type { EventDraft, Key } from "@spoor/core";
import { content, type Fields, textOf } from "../../reading/narrow.ts";
import { type Placed, said } from "./place.ts";

/** What a person is asked while a method waits, and what they answer. The question waits under the id of the request, else under the method. */
export function* askedOrAnswered(placed: Placed, on: Key): Iterable<EventDraft> {
  const { event, id } = placed;
  const { fields, type } = event;
  const wait = `feedback:${textOf(fields["request_id"]) ?? on}`;
  switch (type) {
    case "human_feedback_requested":
    case "flow_input_requested":
      yield {
        ...said(placed),
        type: "interrupt.raised",
        on,
        mark: id,
        wait,
        payload: {
          message: textOf(fields["message"]) ?? null,
          ...content("output", fields["output"]),
          ...content("emit", fields["emit"]),
        },
      };
      return;
    default:
      yield {
        ...said(placed),
        type: "interrupt.resolved",
        on,
        mark: id,
        wait,
        ...content("answer", answerOf(fields)),
      };
  }
}

const answerOf = ({ feedback, response, outcome }: Fields): unknown =>
  textOf(outcome) === undefined
    ? (feedback ?? response)
    : { feedback: feedback ?? response, outcome };

/** A method that waits for somebody leaves its flow suspended, to be taken up again under the flow's id, in whatever process. */
export function* paused(placed: Placed, key: Key): Iterable<EventDraft> {
  const { event, id } = placed;
  const { fields } = event;
  if (event.type === "method_execution_paused")
    yield {
      ...said(placed),
      type: "interrupt.raised",
      on: key,
      mark: id,
      wait: waitOf(textOf(fields["flow_id"]) ?? key),
      payload: { message: textOf(fields["message"]) ?? null, ...content("emit", fields["emit"]) },
    };
  yield { ...said(placed), type: "work.ended", key, outcome: { status: "suspended" } };
}

export const waitOf = (flow: string): string => `flow:${flow}`;
