import type { Recorder } from "@spoor/core";
import { fieldsOf, listOf, textOf } from "../narrow.ts";
import { claudeTranscript } from "../transcript/adapter.ts";
import type { TranscriptLine } from "../transcript/native.ts";
import { type Forward, forwarding } from "./forwarding.ts";
import { guarded } from "./guarded.ts";

/**
 * A session store, whose owner does not notice that what is appended to it is recorded, too: final usage and all that subagents say, while the
 * session runs. Where there is none, it is one that keeps nothing.
 */
export function observedStore(store: unknown, recorder: Recorder): object {
  const translator = claudeTranscript.createTranslator();
  const heard = (key: unknown, entries: unknown): void =>
    guarded(recorder, () => {
      for (const line of linesOf(key, entries))
        for (const draft of translator.translate(line)) recorder.emit(draft);
    });
  if (typeof store !== "object" || store === null) return listener(heard);
  const append: Forward = (target, method, given) => {
    heard(given[0], given[1]);
    return Reflect.apply(method, target, given);
  };
  return forwarding(store, () => new Map([["append", append]]));
}

/** Has nothing to go on from. */
const listener = (heard: (key: unknown, entries: unknown) => void): object => ({
  append: async (key: unknown, entries: unknown): Promise<void> => heard(key, entries),
  load: async (): Promise<null> => null,
});

const sideFile = /(?:^|[/\\])agent-([^/\\]+)$/;

/** What stands beside a subagent's transcript says whose it is by its place only. */
function* linesOf(key: unknown, entries: unknown): Iterable<TranscriptLine> {
  const { sessionId, subpath } = fieldsOf(key);
  const agentId = sideFile.exec(textOf(subpath) ?? "")?.[1];
  for (const entry of listOf(entries).map(fieldsOf)) {
    const type = textOf(entry["type"]);
    if (type === undefined) continue;
    yield type === "agent_metadata" ? { ...entry, type, agentId, sessionId } : { ...entry, type };
  }
}
