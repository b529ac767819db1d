import type { EventDraft, JsonObject } from "@spoor/core";
import { texts } from "../texts.ts";

const questionLength = 80;
const answerLength = 160;

export const eventsInTurn = 5;

/** A conversation in which every call to the model is sent all that was said before. The same each time. */
export function* conversation(turns: number): Generator<EventDraft> {
  const about = { session: "long", source: "callback" } as const;
  const said = texts();
  const messages: JsonObject[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const key = `turn-${turn}`;
    const call = `call-${turn}`;
    const question = said(questionLength);
    const answer = said(answerLength);
    messages.push({ role: "user", content: question });
    yield { ...about, type: "turn.started", key, name: "assistant", input: question };
    yield {
      ...about,
      type: "model.started",
      key: call,
      parent: key,
      name: "claude-sonnet-5",
      provider: "anthropic",
      requestModel: "claude-sonnet-5",
      context: { messages: [...messages] },
    };
    yield {
      ...about,
      type: "usage.reported",
      on: call,
      mark: "final",
      basis: "call",
      usage: { input: 12, cacheRead: 4_125, cacheWrite: 310, output: 87, reasoning: null },
      final: true,
    };
    yield {
      ...about,
      type: "model.ended",
      key: call,
      outcome: { status: "ok" },
      model: "claude-sonnet-5",
      output: answer,
    };
    yield { ...about, type: "turn.ended", key, outcome: { status: "ok" } };
    messages.push({ role: "assistant", content: answer });
  }
}
