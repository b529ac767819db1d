import {
  type AgentEvent,
  createRecorder,
  type EventDraft,
  type FullContext,
  type JsonObject,
  memoryJournal,
} from "@spoor/core";
import { now } from "./clock.ts";

/** Text that is told apart by its number from the first character on, of `length` characters. */
export function text(number: number, length: number): string {
  const sentence = `${number} the agent reads the file, looks for the test that fails, and mends it. `;
  return sentence.repeat(Math.ceil(length / sentence.length)).slice(0, length);
}

export const message = (number: number, length: number): JsonObject => ({
  role: number % 2 === 0 ? "user" : "assistant",
  content: text(number, length),
});

export const messages = (count: number, length: number): readonly JsonObject[] =>
  Array.from({ length: count }, (_, number) => message(number, length));

/** What every call of the loop is sent: the same objects each time. */
const context: FullContext = {
  instructions: text(0, 2_000),
  tools: [{ name: "read", description: text(1, 400) }],
  messages: messages(100, 1_000),
};

const usage = { input: 12, cacheRead: 41_250, cacheWrite: 310, output: 287, reasoning: null };
const steps = 10;

/** How many events a turn of the loop has. */
export const eventsInTurn: number = 2 + steps * 8;

/**
 * A turn of an agent that calls a model and two tools over and over: everything a recorder is told but new content. The context stays as it is,
 * tools have no input and no output.
 */
export function turnOf(session: string, turn: number): readonly EventDraft[] {
  const said = { session, source: "callback" } as const;
  const turnKey = `turn-${turn}`;
  const drafts: EventDraft[] = [
    { ...said, type: "turn.started", key: turnKey, name: "coder", agent: "coder" },
  ];
  for (let step = 0; step < steps; step += 1) {
    const call = `${turnKey}-msg-01AbCdEfGhIjKlMn${step}`;
    drafts.push(
      {
        ...said,
        type: "model.started",
        key: call,
        parent: turnKey,
        name: "claude-sonnet-5",
        agent: "coder",
        provider: "anthropic",
        requestModel: "claude-sonnet-5",
        context,
      },
      {
        ...said,
        type: "usage.reported",
        on: call,
        mark: "final",
        basis: "call",
        usage,
        final: true,
      },
      {
        ...said,
        type: "model.ended",
        key: call,
        outcome: { status: "ok" },
        model: "claude-sonnet-5",
        finishReason: "tool_use",
      },
    );
    for (const tool of ["read", "search"]) {
      const key = `${turnKey}-toolu-01AbCdEfGhIjKlMn${step}-${tool}`;
      drafts.push(
        {
          ...said,
          type: "tool.started",
          key,
          parent: turnKey,
          causedBy: call,
          name: tool,
          toolCallId: key,
        },
        { ...said, type: "tool.ended", key, outcome: { status: "ok" } },
      );
    }
    drafts.push({
      ...said,
      type: "checkpoint.saved",
      on: turnKey,
      mark: `checkpoint-${step}`,
      checkpoint: `1f0c9a2e-77b1-6c3a-8002-${turn}-${step}`,
    });
  }
  drafts.push({ ...said, type: "turn.ended", key: turnKey, outcome: { status: "ok" } });
  return drafts;
}

/** Turns from `first` on, in blocks of so many turns: a block is what is timed at once. */
export function blocksOf(
  session: string,
  first: number,
  blocks: number,
  turns: number,
): readonly (readonly EventDraft[])[] {
  return Array.from({ length: blocks }, (_, block) =>
    Array.from({ length: turns }, (_, turn) =>
      turnOf(session, first + block * turns + turn),
    ).flat(),
  );
}

/** The events that drafts become. */
export function eventsOf(drafts: readonly EventDraft[]): readonly AgentEvent[] {
  const events: AgentEvent[] = [];
  const recorder = createRecorder({
    journal: memoryJournal(),
    clock: now,
    recorded: (event) => events.push(event),
  });
  for (const draft of drafts) recorder.emit(draft);
  return events;
}
