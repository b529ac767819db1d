import type { TranscriptLine } from "./native.ts";

/** Hand-made lines of one session's files, as small as they can be. A line's uuid is its name; `clock(7)` is seven seconds into the session. */
export type Extra = Readonly<Record<string, unknown>>;

const sessionId = "session-1";
export const clock = (second: number): string => new Date(second * 1000).toISOString();
export const clockMs = (second: number): number => second * 1000;

const line = (type: string, uuid: string, extra: Extra): TranscriptLine => ({
  type,
  uuid,
  sessionId,
  parentUuid: "before",
  isSidechain: false,
  version: "2.1.329",
  cwd: "/project",
  ...extra,
});

export const system = (subtype: string, uuid: string, extra: Extra = {}): TranscriptLine =>
  line("system", uuid, { subtype, ...extra });

export const text = (words: string): Extra => ({ type: "text", text: words });
export const toolUse = (id: string, name = "Read", input: Extra = { of: id }): Extra => ({
  type: "tool_use",
  id,
  name,
  input,
});

export const user = (uuid: string, content: unknown, extra: Extra = {}): TranscriptLine =>
  line("user", uuid, { message: { role: "user", content }, ...extra });

export const prompt = (uuid: string, words = "hello", extra: Extra = {}): TranscriptLine =>
  user(uuid, words, { promptId: `prompt of ${uuid}`, ...extra });

interface Spoken {
  readonly call: string;
  readonly block?: Extra;
  readonly second?: number;
  readonly usage?: Extra;
  readonly stop?: string | null;
}

export const assistant = (uuid: string, spoken: Spoken, extra: Extra = {}): TranscriptLine =>
  line("assistant", uuid, {
    message: {
      id: spoken.call,
      model: "opus",
      role: "assistant",
      content: [spoken.block ?? text("hm")],
      stop_reason: spoken.stop === undefined ? "end_turn" : spoken.stop,
      ...(spoken.usage === undefined ? {} : { usage: spoken.usage }),
    },
    ...(spoken.second === undefined ? {} : { timestamp: clock(spoken.second) }),
    ...extra,
  });

/** The program speaks in the model's name. */
export const synthetic = (uuid: string, words: string, extra: Extra = {}): TranscriptLine =>
  line("assistant", uuid, {
    message: { id: uuid, model: "<synthetic>", content: [text(words)] },
    ...extra,
  });

export const toolResult = (uuid: string, tool: string, extra: Extra = {}): TranscriptLine =>
  user(uuid, [{ type: "tool_result", tool_use_id: tool, content: "done" }], extra);

export const request = (id: string, second: number, extra: Extra = {}): TranscriptLine => ({
  type: "api-request",
  id,
  sessionId,
  timestamp: clock(second),
  ...extra,
});

export const attachment = (uuid: string, kind: string, extra: Extra = {}): TranscriptLine =>
  line("attachment", uuid, { attachment: { type: kind, ...extra } });

/** A line of a subagent's own file. */
export const aside = (agentId: string, of: TranscriptLine): TranscriptLine => ({
  ...of,
  isSidechain: true,
  agentId,
});

export const metadata = (agentId: string, toolUseId: string): TranscriptLine => ({
  type: "agent_metadata",
  agentId,
  agentType: "scout",
  description: "looks around",
  toolUseId,
});

/** A line as a fork's file has it of the session that was left. */
export const copied = (of: TranscriptLine): TranscriptLine => ({
  ...of,
  sessionId: "fork",
  ...(of.type === "assistant" ? { requestSessionId: sessionId } : { promptId: "of the fork" }),
});
