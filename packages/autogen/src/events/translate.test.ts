import type { EventDraft } from "@spoor/core";
import { describe, expect, test } from "vitest";
import { autogen } from "../adapter.ts";

const team = "00000000-0000-4000-8000-000000000000";
const manager = `SelectorGroupChatManager_${team}/${team}`;
const writer = `writer_${team}/${team}`;

const message = (payload: object | string, sender: string | null, receiver: string): object => ({
  payload: typeof payload === "string" ? payload : JSON.stringify(payload),
  sender,
  receiver,
  kind: "MessageKind.PUBLISH",
  delivery_stage: "DeliveryStage.SEND",
  type: "Message",
});
const item = (id: string, source: string, content: string): object => ({
  id,
  source,
  content,
  models_usage: null,
  type: "TextMessage",
  created_at: "2026-01-01T10:00:00.000000Z",
});
const call = (id: string, agent: string, content: string): object => ({
  type: "LLMCall",
  messages: [],
  response: { id, choices: [{ message: { content } }] },
  prompt_tokens: 5,
  completion_tokens: 2,
  agent_id: agent,
});

const start = message({ messages: [item("m1", "user", "Go.")] }, null, manager);
const over = message("Message could not be serialized", manager, `output_topic_${team}/${team}`);

function drafts(...lines: readonly object[]): readonly EventDraft[] {
  const translator = autogen.createTranslator();
  return lines.flatMap((line) => {
    const native = autogen.parse(JSON.stringify(line));
    return native === null ? [] : [...translator.translate(native)];
  });
}

describe("the log of a team", () => {
  test("tells of each run as a turn of one session, which the team's id names", () => {
    const again = message({ messages: [item("m2", "user", "On.")] }, null, manager);
    const turns = drafts(start, over, again, over).filter(({ type }) => type === "turn.started");
    expect(turns).toMatchObject([
      { session: team, key: "run:m1" },
      { session: team, key: "run:m2" },
    ]);
  });

  test("says of whom it asks to speak that the manager's call has chosen it", () => {
    const said = drafts(start, call("c1", manager, "writer"), message({}, manager, writer));
    expect(said.at(-1)).toMatchObject({ type: "decision.made", on: "call:c1", choice: "writer" });
  });

  test("takes no choice out of a ledger that lacks a question", () => {
    const ledger = { next_speaker: { reason: "r", answer: "writer" } };
    const said = drafts(start, call("c1", manager, JSON.stringify(ledger)));
    expect(said.filter(({ type }) => type === "decision.made")).toEqual([]);
  });

  test("loses no call of an agent that went on when its run was over", () => {
    const said = drafts(start, over, call("c1", writer, "late"));
    expect(said.filter(({ type }) => type === "usage.reported")).toMatchObject([
      { session: "log:c1", usage: { input: 5, output: 2 } },
    ]);
  });
});
