import type { EventDraft, Key, Recorder } from "@spoor/core";
import type { Fields } from "../callbacks/native.ts";
import { fieldsOf, memberOf, readOr, textsOf } from "../callbacks/reading.ts";
import { labelsOf } from "../callbacks/runs/metadata.ts";
import { Recent } from "../callbacks/runs/recent.ts";
import type { GraphRuns } from "../handler/graph-runs.ts";
import { guarded } from "../handler/guarded.ts";

const source = "checkpointer";
const mostThreads = 10_000;
const mostMarks = 20_000;

/** What every mark of a checkpointer says. */
export interface About {
  readonly session: string;
  readonly source: typeof source;
  readonly on: Key | null;
  readonly mark: string;
}

/** A checkpointer's way into one recorder. Nothing here throws. */
export class CheckpointRecord {
  readonly #recorder: Recorder;
  readonly #runs: GraphRuns;
  /** Sessions of which somebody has told that they are one. */
  readonly #told: Recent<true> = new Recent(mostThreads);
  readonly #marks: Recent<number> = new Recent(mostMarks);

  constructor(recorder: Recorder, runs: GraphRuns) {
    this.#recorder = recorder;
    this.#runs = runs;
  }

  /** `name`: the framework's own for what happened; where it happens again, it is told apart by its number. */
  about(thread: string, on: Key | null, name: string): About {
    const place = JSON.stringify([thread, name]);
    const times = (this.#marks.get(place) ?? 0) + 1;
    this.#marks.set(place, times);
    return { session: thread, source, on, mark: times === 1 ? name : `${name}#${times}` };
  }

  /** `config`: that of the call, which may say whose session it is. */
  tell(draft: EventDraft, config?: unknown): void {
    guarded(this.#recorder, () => {
      const { session } = draft;
      if (!this.#told.has(session)) {
        this.#told.set(session, true);
        if (this.#runs.openIn(session).length === 0) this.#recorder.emit(started(session, config));
      }
      this.#recorder.emit(draft);
    });
  }

  /** Does something for the record only; what it throws is counted. */
  guarded(work: () => void): void {
    guarded(this.#recorder, work);
  }
}

/** A session that nobody else tells of. */
function started(session: string, config: unknown): EventDraft {
  const metadata: Fields = fieldsOf(memberOf(config, "metadata"));
  const tags = textsOf(memberOf(config, "tags"));
  return {
    type: "session.started",
    session,
    source,
    on: null,
    mark: "session",
    framework: "langgraph",
    ...readOr({}, () => labelsOf({ metadata, tags })),
  };
}
