import { unknownUsage } from "@spoor/core";
import type { EventDraft, JsonValue } from "@spoor/core";
import { known, numberOf, textOf } from "../narrow.ts";
import { startInterval } from "../reduction/session.ts";
import type { Turn } from "../reduction/session.ts";
import { cumulative, tellsSince, usedSince } from "./counter.ts";
import type { ClaudeMessage } from "./native.ts";
import type { Line, StreamSession } from "./reading.ts";

/**
 * The counter that ends here is the turn's, but covers whatever ran since the result before. `named`: another source may know the turn, too; what
 * is said of one that nothing joins to it is not the last word, for both together would count twice.
 */
export function* readCounter(
  session: StreamSession,
  turn: Turn,
  line: Line,
  named: boolean,
): Iterable<EventDraft> {
  const { message, mark } = line;
  const { shown, counter, version } = session;
  const missed = missedBefore(session, message);
  const { used, isKnown } = usedSince(message, shown, version);
  const final = named && isKnown && missed.isCovered && !counter.estimated && !isAborted(message);
  const told = { ...session.head, type: "usage.reported", on: turn.key, basis: "total" } as const;
  for (const [model, { usage, usd, webSearches }] of used) {
    const reading = { ...told, ...known({ model: model ?? undefined }), final };
    yield {
      ...reading,
      mark: `${mark}:${model ?? ""}`,
      meter: counter.name,
      usage,
      ...known({ reportedUsd: usd, native: feesFor(webSearches) }),
    };
    for (const meter of missed.meters) {
      yield { ...reading, mark: `${mark}:${model}:${meter}`, meter, usage: unknownUsage };
    }
  }
  session.shown = cumulative(message, shown);
  session.unread = [];
  session.nextResult = (numberOf(message.result_index) ?? session.nextResult) + 1;
  startInterval(session, mark);
}

interface Missed {
  /** Counters of lost results that this reading covers, too. */
  readonly meters: readonly string[];
  /** False: nobody knows what was used until the result that is lost. */
  readonly isCovered: boolean;
}

/**
 * A process numbers its results, so a gap tells that one is lost, and zero that this one is another process's. What was used since the lost one
 * does not tell what was used before; a cumulative counter does.
 */
function missedBefore({ unread, nextResult }: StreamSession, message: ClaudeMessage): Missed {
  const index = numberOf(message.result_index);
  if (index === 0) return { meters: [], isCovered: true };
  if (index === undefined) return { meters: [], isCovered: unread.length === 0 };
  if (tellsSince(message)) return { meters: [], isCovered: index === nextResult };
  return { meters: unread, isCovered: true };
}

const isAborted = ({ terminal_reason: reason }: ClaudeMessage): boolean =>
  textOf(reason)?.startsWith("aborted") ?? false;

/** By the names that the API has for them on a call. */
const feesFor = (webSearches: number | undefined): JsonValue | undefined =>
  webSearches === undefined || webSearches < 0
    ? undefined
    : { usage: { server_tool_use: { web_search_requests: webSearches } } };
