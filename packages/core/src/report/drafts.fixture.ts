import type { EventDraft, FullContext } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import { said, second, tokens } from "./hand-recorded.fixture.ts";

/** Drafts of a session that goes on second by second, in the order in which they are made. */
export interface Story {
  readonly drafts: readonly EventDraft[];
  /** `input` null: nobody recorded what was asked. */
  readonly turn: (key: string, input: JsonValue, more?: { readonly causedBy?: string }) => void;
  readonly endTurn: (key: string, output?: JsonValue) => void;
  readonly agent: (key: string, parent: string, input: JsonValue) => void;
  readonly endAgent: (key: string, output: JsonValue) => void;
  /** Started and ended. */
  readonly call: (key: string, parent: string, answer: JsonValue, more?: CallMore) => void;
  readonly tool: (key: string, parent: string, causedBy: string, more: ToolMore) => void;
  readonly endTool: (key: string, output: JsonValue) => void;
  readonly message: (key: string, on: string, content: JsonValue) => void;
  readonly compaction: (key: string, parent: string, summary: JsonValue) => void;
}

export interface CallMore {
  readonly context?: FullContext;
  /** Tokens that it was sent. */
  readonly input?: number;
}

export interface ToolMore {
  readonly name: string;
  readonly input: JsonValue;
  /** Absent: it goes on. */
  readonly output?: JsonValue;
  readonly error?: string;
}

export function story(): Story {
  const drafts: EventDraft[] = [];
  let seconds = 0;
  const now = (): ReturnType<typeof second> => second((seconds += 1));
  const ok = { status: "ok" } as const;
  const endTool = (key: string, output: JsonValue): void => {
    drafts.push({ ...said, ...now(), type: "tool.ended", key, outcome: ok, output });
  };
  return {
    drafts,
    turn(key, input, more = {}) {
      drafts.push({
        ...said,
        ...now(),
        type: "turn.started",
        key,
        name: "turn",
        ...(input === null ? {} : { input }),
        ...more,
      });
    },
    endTurn(key, output) {
      drafts.push({
        ...said,
        ...now(),
        type: "turn.ended",
        key,
        outcome: ok,
        ...(output === undefined ? {} : { output }),
      });
    },
    agent(key, parent, input) {
      drafts.push({
        ...said,
        ...now(),
        type: "work.started",
        kind: "agent",
        key,
        parent,
        name: "helper",
        agent: "helper",
        input,
      });
    },
    endAgent(key, output) {
      drafts.push({ ...said, ...now(), type: "work.ended", key, outcome: ok, output });
    },
    call(key, parent, answer, { context, input } = {}) {
      drafts.push(
        {
          ...said,
          ...now(),
          type: "model.started",
          key,
          parent,
          name: "small-1",
          ...(context ? { context } : {}),
        },
        { ...said, ...now(), type: "model.ended", key, outcome: ok, output: answer },
      );
      if (input !== undefined)
        drafts.push({
          ...said,
          type: "usage.reported",
          on: key,
          mark: "usage",
          basis: "call",
          usage: tokens(input, 1),
          final: true,
        });
    },
    tool(key, parent, causedBy, { name, input, output, error }) {
      drafts.push({
        ...said,
        ...now(),
        type: "tool.started",
        key,
        parent,
        causedBy,
        name,
        toolCallId: key,
        input,
      });
      if (output !== undefined) endTool(key, output);
      if (error !== undefined)
        drafts.push({
          ...said,
          ...now(),
          type: "tool.ended",
          key,
          outcome: { status: "error", errorType: "ENOENT" },
          detail: error,
        });
    },
    endTool,
    message(key, on, content) {
      drafts.push({
        ...said,
        ...now(),
        type: "message.received",
        on,
        mark: key,
        role: "user",
        content,
      });
    },
    compaction(key, parent, summary) {
      drafts.push(
        {
          ...said,
          ...now(),
          type: "work.started",
          kind: "compaction",
          key,
          parent,
          name: "compaction",
        },
        { ...said, ...now(), type: "work.ended", key, outcome: ok, output: summary },
      );
    },
  };
}
