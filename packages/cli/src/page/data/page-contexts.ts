import type { ContentReader, SessionView, Span, SpanId } from "@spoor/core";
import { type CallReport, type Contexts, contextsOf } from "@spoor/core/report";
import { sharedEnds } from "@spoor/core/report/text";
import type { PageContext, PageMessage, Place } from "../page-data.ts";
import { conversationsOf } from "./conversations.ts";
import { known } from "./known.ts";
import { messagePool } from "./message-pool.ts";
import type { TextPool } from "./text-pool.ts";

/** What is asked for each span of the page, in their order, each once. */
export interface PageContexts {
  of(span: Span, place: Place, turn: number | null): PageContext | undefined;
  /** The call that stands for a turn. */
  callOf(turn: number): Place | undefined;
  /** All that the contexts name; asked when they are all made. */
  messages(): readonly PageMessage[];
}

/**
 * What each call was sent, as the difference to the call before it in its conversation: what is written is linear in what is new, however often
 * the whole list was sent. Where nobody recorded the request, it is what is known to have been said before it.
 */
export function pageContexts(
  view: SessionView,
  content: ContentReader,
  texts: TextPool,
  page: {
    readonly placeOf: (spanId: string) => Place | undefined;
    /** Earlier turns are not on the page, so nobody sees when something was first sent. */
    readonly isCut: boolean;
    /** Calls that are put together, times spans: each is work in the length of the session. */
    readonly work: number;
  },
): PageContexts {
  const { placeOf, isCut, work } = page;
  const messages = messagePool(content, texts);
  const conversations = conversationsOf(view.spans);
  const contexts = contextsOf(view, content);
  const calls = new Map(contexts.calls.map((call) => [call.spanId, call]));
  const before = new Map<string, { readonly place: Place; readonly list: readonly Place[] }>();
  const standing = standingCalls(contexts, conversations.isWithinTool);
  const isReconstructed = reconstructedCalls(contexts, standing, work / view.spans.length);

  const sentTo = (span: Span, turn: number | null): Sent | null => {
    if (span.context) return recorded(span.context, turn);
    const call = calls.get(span.spanId);
    const isAsked = call && isReconstructed(call);
    return isAsked ? reconstructed(contexts.report(call)) : null;
  };

  const recorded = (context: NonNullable<Span["context"]>, turn: number | null): Sent => {
    const parts = known({
      instructions: context.instructions && texts.ofHeld(context.instructions),
      tools: context.tools && texts.ofHeld(context.tools),
    });
    const list = content.messages(context);
    return list
      ? { list: messages.ofRequest(list, turn), parts }
      : { list: [], parts: { ...parts, gone: context.count } };
  };

  const reconstructed = (report: ReturnType<Contexts["report"]>): Sent | null => {
    if (!report?.messages) return null;
    const list = report.messages.map(({ value, role, spanId, firstTurn }) =>
      messages.add({
        text: texts.ofSaid(value),
        role,
        span: (spanId === null ? null : placeOf(spanId)) ?? null,
        turn: firstTurn,
      }),
    );
    return { list, parts: { reconstructed: report.unknown } };
  };

  return {
    messages: () => messages.messages(),
    callOf: (turn) => placeOf(standing.get(turn) ?? ""),
    of(span, place, turn) {
      if (span.kind !== "model") return undefined;
      const name = conversations.nameOf(span);
      const last = before.get(name);
      const sent = sentTo(span, isCut && !last ? null : turn);
      if (!sent) return undefined;
      if (sent.parts.gone !== undefined) return { keep: 0, cut: 0, add: [], ...sent.parts };
      before.set(name, { place, list: sent.list });
      const step = stepBetween(last?.list ?? [], sent.list);
      return { ...(last ? { from: last.place } : {}), ...step, ...sent.parts };
    },
  };
}

interface Sent {
  readonly list: readonly Place[];
  readonly parts: Pick<PageContext, "instructions" | "tools" | "gone" | "reconstructed">;
}

/** What lies between what the two lists share at both ends, cut and added. */
function stepBetween(
  before: readonly Place[],
  after: readonly Place[],
): Pick<PageContext, "keep" | "cut" | "add"> {
  const { head, tail } = sharedEnds(before, after);
  return {
    keep: head,
    cut: before.length - head - tail,
    add: after.slice(head, after.length - tail),
  };
}

/** The last call of each turn that no tool call runs, so none of a subagent where there is another. */
function standingCalls(
  { calls }: Contexts,
  isWithinTool: (spanId: SpanId) => boolean,
): ReadonlyMap<number, SpanId> {
  const byTurn = Map.groupBy(calls, ({ turn }) => turn);
  return new Map(
    [...byTurn].flatMap(([turn, members]) => {
      const call = members.findLast(({ spanId }) => !isWithinTool(spanId)) ?? members.at(-1);
      return call ? [[turn, call.spanId] as const] : [];
    }),
  );
}

const fewestReconstructed = 50;

/** Which calls are put together where nobody recorded what they were sent: all, or of the last turns the ones that stand for them. */
function reconstructedCalls(
  { calls }: Contexts,
  standing: ReadonlyMap<number, SpanId>,
  room: number,
): (call: CallReport) => boolean {
  const most = Math.max(fewestReconstructed, Math.floor(room));
  if (calls.length <= most) return () => true;
  const turns = new Set([...standing.keys()].slice(-most));
  return ({ turn, spanId }) => turns.has(turn) && standing.get(turn) === spanId;
}
