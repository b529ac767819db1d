import type { Recorder } from "@spoor/core";
import { expectObserver } from "../handler/expect-observer.ts";
import { graphRunsOf } from "../handler/graph-runs.ts";
import { auditedSaver } from "./audited-saver.ts";
import { CheckpointAudit } from "./checkpoint-audit.ts";
import { isSaver } from "./native.ts";
import type { CheckpointAuditOptions } from "./options.ts";

const made: WeakMap<Recorder, WeakMap<object, object>> = new WeakMap();

/**
 * The checkpointer with a witness: for `compile({ checkpointer })` in its place. It does what it did, and each checkpoint that it saves, loads or removes is
 * an event with digests of the state, so that `verifyCheckpoints` can say later whether what it holds is what it was given. Nothing is awaited, and nothing
 * that goes wrong in recording reaches the agent. A checkpointer has one witness an observer, however often it is asked for. Throws for what is no observer and
 * no checkpointer.
 */
export function auditCheckpointer<Saver extends object>(
  saver: Saver,
  observer: Recorder,
  options: CheckpointAuditOptions = {},
): Saver {
  expectObserver(observer, "auditCheckpointer");
  expectSaver(saver);
  const savers = made.get(observer) ?? new WeakMap<object, object>();
  made.set(observer, savers);
  const known = savers.get(saver);
  if (known !== undefined) return known as Saver;
  const runs = graphRunsOf(observer);
  runs.isWatched = true;
  const audited = auditedSaver(saver, new CheckpointAudit(observer, runs, options));
  savers.set(saver, audited);
  savers.set(audited, audited);
  return audited;
}

function expectSaver(given: object): void {
  if (!isSaver(given))
    throw new TypeError(
      "auditCheckpointer needs a checkpointer: pass a saver, as new MemorySaver() of @langchain/langgraph",
    );
  if (Object.getOwnPropertyDescriptor(given, "put")?.configurable === false)
    throw new TypeError(
      "auditCheckpointer needs a checkpointer that is not frozen: pass it before",
    );
}
