import type { ContentReader } from "../../journal/content.ts";
import type { SessionView } from "../../run-tree/run-tree.ts";
import type { SpanId } from "../../vocabulary/event.ts";
import { type ContextHash, contextHasher } from "../context-hash.ts";
import { turnsIn } from "../turn.ts";
import { type PartOf, partReader } from "./context-part.ts";
import { type Conversation, conversationsIn } from "./conversation.ts";
import { type FirstTurns, firstTurnsOf } from "./first-turns.ts";
import type { Lane } from "./lanes.ts";
import { type ModelCall, modelCallsIn } from "./model-calls.ts";

/** What reports about the contexts of one session are made with, worked out once. */
export interface ContextReading {
  readonly session: string;
  readonly content: ContentReader;
  readonly contextHash: ContextHash;
  readonly partOf: PartOf;
  readonly calls: readonly ModelCall[];
  readonly callsIn: (turn: number) => readonly ModelCall[];
  /** All calls of the conversation that a call belongs to, in order. */
  readonly laneOf: (call: ModelCall) => readonly ModelCall[];
  /** When what that conversation was sent stood in a request first. */
  readonly firstTurnsIn: (call: ModelCall) => FirstTurns;
  readonly conversationBefore: (call: ModelCall) => Conversation;
  /** The session goes on from another one, whose history it was given. */
  readonly isFork: boolean;
  readonly compactions: readonly Compaction[];
}

/** A compaction and its place: before which of the session's calls it was. */
export interface Compaction {
  readonly turn: number;
  readonly spanId: SpanId;
  readonly beforeCall: number;
}

export function contextReading(view: SessionView, content: ContentReader): ContextReading {
  const calls = modelCallsIn(view);
  const lanes = Map.groupBy(calls, ({ lane }): Lane => lane);
  const turns = Map.groupBy(calls, ({ turn }) => turn);
  const laneOf = ({ lane }: ModelCall): readonly ModelCall[] => lanes.get(lane) ?? [];
  const firstTurns = new Map<Lane, FirstTurns>();
  let conversations: ReturnType<typeof conversationsIn> | null = null;
  return {
    session: view.id,
    content,
    contextHash: contextHasher(content),
    partOf: partReader(content),
    calls,
    callsIn: (turn) => turns.get(turn) ?? [],
    laneOf,
    firstTurnsIn(call) {
      const known = firstTurns.get(call.lane) ?? firstTurnsOf(laneOf(call), content);
      firstTurns.set(call.lane, known);
      return known;
    },
    conversationBefore: ({ span }) => (conversations ??= conversationsIn(view, content))(span),
    isFork: isForkOfAnother(view),
    compactions: compactionsIn(view),
  };
}

/** A turn may also fork off an earlier one of its own session: that brings no history from elsewhere. */
function isForkOfAnother({ spans }: SessionView): boolean {
  const own = new Set(spans.map(({ spanId }) => spanId));
  return spans.some(({ links }) =>
    links.some(({ kind, spanId }) => kind === "fork" && !own.has(spanId)),
  );
}

function compactionsIn({ spans }: SessionView): readonly Compaction[] {
  let calls = 0;
  return turnsIn(spans).flatMap((turn, index) =>
    turn.spans.flatMap(({ kind, spanId, status }) => {
      if (kind === "model") calls += 1;
      const isOne = kind === "compaction" && status !== "error";
      return isOne ? [{ turn: index, spanId, beforeCall: calls }] : [];
    }),
  );
}
