import type { Span } from "../../run-tree/span.ts";
import type { SpanId } from "../../vocabulary/event.ts";
import { type Lane, lanesOf } from "../context/lanes.ts";
import { inputOf } from "../text/tokens.ts";
import type { Turn } from "../turn.ts";

/** How long the context is that the last model call of a turn was sent; of a subagent's calls only where the turn has no other. */
export interface ContextSize {
  /** What its provider counted as input; null where that is unknown. */
  readonly tokens: number | null;
  /** What it was at the last call of the same conversation in a turn before; null where that is unknown, or there is none. */
  readonly tokensBefore: number | null;
  /** Where the request was recorded; else null. */
  readonly messages: number | null;
  /**
   * Since the last call of the same conversation in a turn before. `compacted`: there was a compaction between. `trimmed`: messages were
   * cut, or where only tokens are known, a tenth of them went. `unknown`: one of the two sizes is.
   */
  readonly change: "first" | "same" | "grew" | "trimmed" | "compacted" | "unknown";
}

/** One a turn; null where nothing is known of it. Read off the figures, so linear in the spans. */
export function contextSizes(
  turns: readonly Turn[],
  spans: readonly Span[],
): readonly (ContextSize | null)[] {
  const laneOf = lanesOf(spans);
  const before = new Map<Lane, Measured>();
  let compacted = false;
  return turns.map((turn) => {
    if (turn.spans.some(isCompaction)) compacted = true;
    const calls = turn.spans.filter(({ kind }) => kind === "model");
    const [call, lane] = lastCall(calls, laneOf);
    if (!call || !lane) return null;
    const { tokens, messages } = measure(call);
    if (tokens === null && messages === null) return null;
    const known = before.get(lane);
    const wasCut = calls.some(
      (other) => laneOf.get(other.spanId) === lane && (other.context?.cut ?? 0) > 0,
    );
    const change = changeOf({ tokens, messages }, known, { compacted, wasCut });
    before.set(lane, { tokens, messages });
    if (lane.within === null) compacted = false;
    return { tokens, tokensBefore: known?.tokens ?? null, messages, change };
  });
}

export const isCompaction = ({ kind, status }: Span): boolean =>
  kind === "compaction" && status !== "error";

type Measured = Pick<ContextSize, "tokens" | "messages">;

const measure = ({ context, usage }: Span): Measured => ({
  tokens: usage && inputOf(usage),
  messages: context?.count ?? null,
});

function lastCall(
  calls: readonly Span[],
  laneOf: ReadonlyMap<SpanId, Lane>,
): readonly [Span | undefined, Lane | undefined] {
  const counted = calls.filter(({ context, usage }) => context !== null || usage !== null);
  const call =
    counted.findLast(({ spanId }) => laneOf.get(spanId)?.within === null) ?? counted.at(-1);
  return [call, call && laneOf.get(call.spanId)];
}

function changeOf(
  now: Measured,
  before: Measured | undefined,
  { compacted, wasCut }: { readonly compacted: boolean; readonly wasCut: boolean },
): ContextSize["change"] {
  if (!before) return "first";
  if (compacted) return "compacted";
  if (wasCut) return "trimmed";
  if (now.messages !== null && before.messages !== null)
    return now.messages < before.messages ? "trimmed" : compare(now.messages, before.messages);
  if (now.tokens === null || before.tokens === null) return "unknown";
  if (now.tokens < before.tokens * 0.9) return "trimmed";
  return compare(now.tokens, before.tokens);
}

const compare = (now: number, before: number): "same" | "grew" => (now > before ? "grew" : "same");
