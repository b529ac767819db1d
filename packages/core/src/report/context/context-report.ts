import type { Status } from "../../run-tree/span.ts";
import type { SpanId } from "../../vocabulary/event.ts";
import { isoTime } from "../iso-time.ts";
import type { UsageReport } from "../report.ts";
import { usageReport } from "../usage-report.ts";
import { type ContextMessage, type ContextPart, requestMessage } from "./context-part.ts";
import type { ContextReading } from "./context-reading.ts";
import type { Beginning } from "./conversation.ts";
import type { ModelCall } from "./model-calls.ts";

/** What one model call was sent: `spoor show --context --json`. Fields are added, their meanings never change. */
export interface ContextReport {
  readonly session: string;
  readonly call: CallReport;
  /** `recorded`: the request as it was sent. `reconstructed`: what is known to have been said before it, because nobody recorded the request. */
  readonly basis: "recorded" | "reconstructed";
  /** What of it this journal does not have; empty: it is all here, or said at its place what became of it. */
  readonly unknown: readonly UnknownPart[];
  /** Where a reconstructed conversation begins; null for a recorded request. */
  readonly since: Beginning | null;
  /** Of a recorded request that is all here. */
  readonly contextHash: string | null;
  readonly instructions: ContextPart | null;
  readonly tools: ContextPart | null;
  /** Oldest first; null: the list of a recorded request is gone in part. */
  readonly messages: readonly ContextMessage[] | null;
}

/**
 * `instructions`: the system prompt. `tools`: their definitions. `additions`: what the framework adds by itself, such as reminders.
 * `input`: what was asked in some turn. `kept`: what a compaction kept as it was. `history`: what was said in the session that this one is a fork
 * of. `messages`: the list of a recorded request.
 */
export type UnknownPart =
  | "instructions"
  | "tools"
  | "additions"
  | "input"
  | "kept"
  | "history"
  | "messages";

export interface CallReport {
  readonly turn: number;
  /** Which of the turn's calls, from 1. */
  readonly call: number;
  readonly calls: number;
  readonly spanId: SpanId;
  readonly agent: string | null;
  /** What answered, else what was asked for. */
  readonly model: string | null;
  readonly status: Status;
  readonly startedAt: string | null;
  /** What its provider counted: the input is all of the context, whatever of it is known here. */
  readonly usage: UsageReport | null;
}

export function reportOn(call: ModelCall, reading: ContextReading): ContextReport {
  return call.span.context ? recorded(call, reading) : reconstructed(call, reading);
}

function recorded(call: ModelCall, reading: ContextReading): ContextReport {
  const { content, contextHash, firstTurnsIn, partOf, session } = reading;
  const { context } = call.span;
  if (!context) return reconstructed(call, reading);
  const first = firstTurnsIn(call);
  const list = content.messages(context);
  const turns = first.ofMessages(list ?? [], call.span.spanId);
  const part = (held: typeof context.tools): ContextPart | null =>
    held === undefined ? null : { ...partOf(held), firstTurn: first.of(held) };
  return {
    session,
    call: callReport(call),
    basis: "recorded",
    unknown: list ? [] : ["messages"],
    since: null,
    contextHash: contextHash(context),
    instructions: part(context.instructions),
    tools: part(context.tools),
    messages:
      list &&
      list.map((held, index) =>
        requestMessage(partOf(held), { index, firstTurn: turns[index] ?? null }),
      ),
  };
}

function reconstructed(call: ModelCall, reading: ContextReading): ContextReport {
  const { conversationBefore, isFork, partOf, session } = reading;
  const { sayings, since } = conversationBefore(call);
  return {
    session,
    call: callReport(call),
    basis: "reconstructed",
    unknown: [
      "instructions",
      "tools",
      "additions",
      ...(sayings.some(({ held, origin }) => held === null && origin === "input")
        ? (["input"] as const)
        : []),
      ...(since.what === "compaction" ? (["kept"] as const) : []),
      ...(since.what === "session" && isFork ? (["history"] as const) : []),
    ],
    since,
    contextHash: null,
    instructions: null,
    tools: null,
    messages: sayings.map(({ held, origin, role, spanId, turn }, index) => ({
      index,
      role,
      origin,
      spanId,
      ...partOf(held),
      firstTurn: turn,
    })),
  };
}

export function callReport({ turn, call, calls, span }: ModelCall): CallReport {
  const { spanId, agent, model, requestModel, name, status, startedAt, usage } = span;
  return {
    turn,
    call,
    calls,
    spanId,
    agent,
    model: model ?? requestModel ?? name,
    status,
    startedAt: isoTime(startedAt),
    usage: usage && usageReport(usage),
  };
}
