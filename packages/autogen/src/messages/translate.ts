import { hash } from "node:crypto";
import type { EventDraft, Outcome } from "@spoor/core";
import { tellCallOf } from "./calls.ts";
import { type Elsewhere, sameRun } from "./elsewhere.ts";
import { readItem, termination } from "./items.ts";
import type { Item, Message } from "./native.ts";
import { timed } from "./narrow.ts";
import { about, createRun, idOf, type Run, runKey, startRun } from "./run.ts";

/** The runs that follow each other in one recording of messages. */
export interface MessageReader {
  read(message: Message): Iterable<EventDraft>;
}

/**
 * What `run_stream` yields, and task results by themselves. A run is a turn of the session that is known for it, else of one that is named after its
 * first message: nothing here says whether two runs are of one team.
 */
export function createMessageReader(elsewhere: Elsewhere): MessageReader {
  const alike = new Map<string, number>();
  let run: Run | null = null;

  function* entered(first: Item): Generator<EventDraft, Run> {
    if (run !== null) return run;
    run = placed(idOf(first) ?? nameWithout(first), elsewhere);
    yield* startRun(run, first);
    return run;
  }

  /** A run whose messages have neither id nor time is told from others by what was asked, and how often. */
  function nameWithout({ source, content }: Item): string {
    const like = hash("sha256", JSON.stringify([source, content])).slice(0, 32);
    const count = (alike.get(like) ?? 0) + 1;
    alike.set(like, count);
    return `task:${like}:${count}`;
  }

  return {
    *read(message) {
      if (message.kind === "begun") {
        run = null;
      } else if (message.kind === "item") {
        const current = yield* entered(message.item);
        yield* readItem(current, message.item, telling(current));
      } else if (message.kind === "thrown") {
        if (run !== null) yield* threw(run, message);
        run = null;
      } else {
        const [first] = message.items;
        const isNew = run === null;
        if (run === null && first === undefined) return;
        const current: Run | null = run ?? (first === undefined ? null : yield* entered(first));
        if (current === null) return;
        for (const item of untold(message, isNew)) yield* readItem(current, item, telling(current));
        yield* ended(current, message);
        run = null;
      }
    },
  };
}

/** Without ids, a log names a run otherwise. */
function placed(id: string, elsewhere: Elsewhere): Run {
  const { recorded, logs, messages } = elsewhere;
  const own = runKey(id);
  const same = sameRun(messages, own, [recorded, logs]) ?? own;
  const key = recorded.sessionOf(own) === null ? same : own;
  const known = [recorded, logs].find((told) => told.sessionOf(key) !== null);
  return createRun({
    session: known?.sessionOf(key) ?? id,
    source: "stream",
    elsewhere,
    id: key.slice(runKey("").length),
    top: known?.teamOf(key),
    hasTwin: same !== key,
  });
}

const telling =
  (run: Run) => (item: Item, key: string, parent: string, cause: string | undefined) =>
    tellCallOf(run, item, key, parent, cause);

/** What was streamed stands in the result again, in older versions without ids. */
function untold(message: Finished, isNew: boolean): readonly Item[] {
  if (isNew) return message.items;
  return message.kind === "response" ? message.items.slice(-1) : [];
}

type Finished = Extract<Message, { kind: "result" | "response" }>;

function* ended(run: Run, message: Finished): Iterable<EventDraft> {
  const at = message.items.at(-1)?.createdAt;
  if (message.kind === "result" && message.stopReason !== undefined)
    yield termination(run, message.stopReason, at);
  yield* closed(run, timed(at), { status: "ok" });
}

/** With its team, where there is one. */
function* closed(
  run: Run,
  at: ReturnType<typeof timed>,
  outcome: Outcome,
  detail?: string,
): Iterable<EventDraft> {
  const ending = { ...about(run), ...at, outcome };
  if (run.top !== run.turn) yield { ...ending, type: "work.ended", key: run.top };
  yield {
    ...ending,
    type: "turn.ended",
    key: run.turn,
    ...(detail === undefined ? {} : { detail }),
  };
}

/** A log that tells of the run says which of its agents it was. */
function threw(
  run: Run,
  { errorType, message }: Extract<Message, { kind: "thrown" }>,
): Iterable<EventDraft> {
  const isToldBelow = run.top !== run.turn;
  const outcome: Outcome =
    errorType === "CancelledError"
      ? { status: "cancelled" }
      : { status: "error", errorType, ...(isToldBelow ? { passedOn: true } : {}) };
  return closed(run, {}, outcome, message);
}
