import { hash } from "node:crypto";
import type { EventDraft, Key } from "@spoor/core";
import type { Item, Message } from "./native.ts";
import { readItem } from "./items.ts";
import { timed } from "./narrow.ts";
import { about, createRun, idOf, type Run, startRun, turnKey, usageOfItem } from "./run.ts";

/** The runs that follow each other in one recording of messages. */
export interface MessageReader {
  read(message: Message): Iterable<EventDraft>;
}

/**
 * What `run_stream` yields, and task results by themselves. A run is a session of its own, named after its first message, which every surface
 * tells: nothing here says whether two runs are of one team. What an item says of tokens is a snapshot: whether the call was really made, and
 * which calls came before it, only the log can tell.
 */
export function createMessageReader(): MessageReader {
  let run: Run | null = null;
  function* entered(first: Item): Generator<EventDraft, Run> {
    if (run !== null) return run;
    run = createRun(sessionOf(first), "stream");
    yield* startRun(run, first);
    return run;
  }
  return {
    *read(message) {
      if (message.kind === "item") {
        const current = yield* entered(message.item);
        yield* readItem(current, message.item, callBy(current));
        return;
      }
      const [first] = message.items;
      if (run === null && first === undefined) return;
      const isNew = run === null;
      const current: Run | null = run ?? (first === undefined ? null : yield* entered(first));
      if (current === null) return;
      // What was streamed stands in the result again, in older versions without ids.
      const untold = isNew
        ? message.items
        : message.kind === "response"
          ? message.items.slice(-1)
          : [];
      for (const item of untold) yield* readItem(current, item, callBy(current));
      yield* ended(current, message);
      run = null;
    },
  };
}

/** A run whose messages have neither id nor time is told from others by what was asked alone. */
const sessionOf = (first: Item): string =>
  idOf(first) ?? `task:${hash("sha256", JSON.stringify([first.source, first.content]))}`;

const callBy = (run: Run) =>
  function* (item: Item, key: Key, parent: Key): Iterable<EventDraft> {
    const told = { ...about(run), ...timed(item.createdAt) };
    yield { ...about(run), type: "model.started", key, name: "model", parent };
    yield { ...told, type: "model.ended", key, outcome: { status: "ok" } };
    if (item.usage === null) return;
    yield {
      ...told,
      type: "usage.reported",
      on: key,
      mark: "message",
      basis: "call",
      usage: usageOfItem(item.usage),
      final: false,
    };
  };

function* ended(run: Run, message: Exclude<Message, { kind: "item" }>): Iterable<EventDraft> {
  const last = timed(message.items.at(-1)?.createdAt);
  if (message.kind === "result" && message.stopReason !== undefined)
    yield {
      ...about(run),
      ...last,
      type: "decision.made",
      on: turnKey,
      mark: "stop",
      kind: "termination",
      choice: message.stopReason,
    };
  yield { ...about(run), ...last, type: "turn.ended", key: turnKey, outcome: { status: "ok" } };
}
