import type { EventDraft, Key } from "@spoor/core";
import type { Item } from "../messages/native.ts";
import type { Elsewhere } from "../messages/elsewhere.ts";
import { countOf, fieldsOf, textOf, timed } from "../messages/narrow.ts";
import { about, type Run, usageOfItem } from "../messages/run.ts";
import { answerOf } from "./calls.ts";
import type { Counted } from "../messages/pool.ts";
import type { Clock } from "./clock.ts";
import type { LogLine } from "./native.ts";

/** A model call of an agent in a team that no item has claimed yet. */
export interface Unclaimed {
  /** Null: messages tell of it. */
  readonly key: Key | null;
  readonly agent: string;
  readonly prompt: unknown;
  readonly completion: unknown;
  readonly toolCallIds: readonly string[];
}

/** The agent that called has published the item afterwards, with the same figures, and with the same tool calls where they have ids. */
export function isOf(call: Unclaimed, { usage, content }: Item): boolean {
  const ids = (Array.isArray(content) ? content : []).flatMap(
    (request) => textOf(fieldsOf(request)["id"]) ?? [],
  );
  const counted = usage ?? { prompt: 0, completion: 0 };
  return (
    call.prompt === counted.prompt &&
    call.completion === counted.completion &&
    (call.toolCallIds.length === 0 ||
      ids.length === 0 ||
      ids.join("\n") === call.toolCallIds.join("\n"))
  );
}

const nothing = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

/**
 * What the log of this run has no call for was answered from a cache, or by a replay: the item repeats what an earlier call used, and nothing was used
 * again. Of versions whose items have neither id nor time, the log may have left it out.
 */
export function* withoutCall(run: Run, item: Item, key: Key, parent: Key): Iterable<EventDraft> {
  const told = { ...about(run), ...timed(item.createdAt) };
  yield { ...about(run), type: "model.started", key, name: "model", parent };
  yield { ...told, type: "model.ended", key, outcome: { status: "ok" } };
  if (item.usage === null) return;
  const isOld = item.id === undefined && item.createdAt === undefined;
  yield {
    ...told,
    type: "usage.reported",
    on: key,
    mark: "no call",
    basis: "call",
    usage: isOld ? usageOfItem(item.usage) : nothing,
    final: !isOld,
  };
}

/** What tells calls from others that are alike. */
export interface Counting {
  readonly elsewhere: Elsewhere;
  readonly clock: Clock;
  /** Of what is alike, how often it came. */
  readonly like: Map<string, number>;
}

export function counted(like: Map<string, number>, name: string): number {
  const count = (like.get(name) ?? 0) + 1;
  like.set(name, count);
  return count;
}

/** Whether the journal has a call by messages that may be this one. As many as it has of the kind are taken for those. */
export function isClaimed(counting: Counting, line: LogLine): boolean {
  const { recorded, logs } = counting.elsewhere;
  const figures = figuresOf(counting, line);
  const isLogged = (key: Key): boolean => logs.sessionOf(key) !== null;
  return isAmong(counting, "claimed", figures, recorded.claimedLike(figures, isLogged));
}

/** The same by spans, where no response names the call here. */
export function isTraced(counting: Counting, line: LogLine): boolean {
  if (answerOf(line.fields).id !== undefined) return false;
  const figures = figuresOf(counting, line);
  return isAmong(counting, "traced", figures, counting.elsewhere.recorded.tracedLike(figures));
}

const isAmong = (
  { like }: Counting,
  kind: string,
  figures: Counted | null,
  most: number,
): boolean =>
  most > 0 && counted(like, `${kind}:${figures?.prompt}/${figures?.completion}`) <= most;

function figuresOf({ clock }: Counting, line: LogLine): Counted | null {
  const { prompt_tokens: asked, completion_tokens: answered } = line.fields;
  const [prompt, completion] = [countOf(asked), countOf(answered)];
  return prompt === undefined || completion === undefined || prompt + completion === 0
    ? null
    : { prompt, completion, ms: clock.at(line).at?.ms };
}
