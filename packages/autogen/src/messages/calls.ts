import type { EventDraft, Key } from "@spoor/core";
import type { Item } from "./native.ts";
import { timed } from "./narrow.ts";
import { about, type Run, usageOfItem } from "./run.ts";

/**
 * The model call that made a message. What it says of tokens is a snapshot: whether the call was really made, only the log can tell. One that the log
 * tells of in another session, or may tell of without a word that joins the two, is told by the log alone.
 */
export function* tellCallOf(
  run: Run,
  item: Item,
  key: Key,
  parent: Key,
  cause: Key | undefined,
): Generator<EventDraft, boolean> {
  if (isToldByLog(run, item, key)) {
    yield {
      ...about(run),
      ...timed(item.createdAt),
      type: "native.noted",
      on: parent,
      mark: key,
      name: "model call, told by a log",
    };
    return false;
  }
  const told = { ...about(run), ...timed(item.createdAt) };
  yield {
    ...about(run),
    type: "model.started",
    key,
    name: "model",
    parent,
    ...(cause === undefined ? {} : { causedBy: cause }),
  };
  yield { ...told, type: "model.ended", key, outcome: { status: "ok" } };
  if (item.usage === null) return true;
  yield {
    ...told,
    type: "usage.reported",
    on: key,
    mark: "message",
    basis: "call",
    usage: usageOfItem(item.usage),
    final: false,
  };
  return true;
}

function isToldByLog(run: Run, { usage, createdAt }: Item, key: Key): boolean {
  const { recorded, logs } = run.elsewhere;
  const told = recorded.sessionOf(key) ?? logs.sessionOf(key);
  if (told !== null) return told !== run.session;
  if (run.hasTwin) return true;
  const counted = usage && { ...usage, ms: timed(createdAt).at?.ms };
  return recorded.looseLike(counted) + logs.looseLike(counted) > 0;
}
