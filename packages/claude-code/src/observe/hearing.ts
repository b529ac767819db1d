import type { EventDraft, JsonValue, Recorder } from "@spoor/core";
import { besideStream } from "./beside-stream.ts";
import { TurnMatching } from "./turn-matching.ts";

/** A call of `query`, as far as its stream is concerned. */
export interface Asking {
  /** An observed query runs it: that tells where turns begin and end. */
  isClaimed: boolean;
  /** The prompt that no hook has told of, where there is only one; from now on it is told. */
  takeOnlyPrompt(): JsonValue | undefined;
}

interface Heard {
  readonly turns: TurnMatching;
  /** Its stream is observed. */
  streamed: boolean;
  /** Whose hooks tell of it. */
  conversation: Asking | null;
}

const mostSessions = 1_000;
const mostUnclaimed = 64;

/** All that one observer hears of Claude Code: here the stream and the hooks of one session meet, whichever is heard first. */
export class Hearing {
  readonly recorder: Recorder;
  readonly #sessions: Map<string, Heard> = new Map();
  /** Conversations that have begun, of which nothing was heard yet, and which no observed query is known to run. */
  readonly #unclaimed: Set<Asking> = new Set();

  constructor(recorder: Recorder) {
    this.recorder = recorder;
  }

  /** A query is being made with these options. */
  await(conversation: Asking): void {
    if (this.#unclaimed.size >= mostUnclaimed)
      for (const oldest of this.#unclaimed) {
        this.#unclaimed.delete(oldest);
        break;
      }
    this.#unclaimed.add(conversation);
  }

  /** The conversation that a query runs: where only one waits for a query, it is that. Null: not known yet. */
  claim(): Asking | null {
    const [only, another] = this.#unclaimed;
    if (only === undefined || another !== undefined) return null;
    this.#unclaimed.delete(only);
    return only;
  }

  conversationOf(session: string): Asking | null {
    return this.#sessions.get(session)?.conversation ?? null;
  }

  /** The prompt of that turn was told of by a hook. */
  knowsPromptOf(session: string, turn: string): boolean {
    return this.#sessions.get(session)?.turns.isMatched(turn) ?? false;
  }

  fromStream(draft: EventDraft): void {
    const heard = this.#heard(draft.session);
    heard.streamed = true;
    this.recorder.emit(draft);
    for (const found of heard.turns.stream(draft)) this.recorder.emit(found);
  }

  fromHook(draft: EventDraft, conversation: Asking): void {
    const heard = this.#heard(draft.session);
    heard.conversation = conversation;
    this.#unclaimed.delete(conversation);
    const said = heard.streamed || conversation.isClaimed ? besideStream(draft) : draft;
    if (said !== null) this.recorder.emit(said);
    for (const found of heard.turns.hook(draft)) this.recorder.emit(found);
  }

  #heard(session: string): Heard {
    const known = this.#sessions.get(session);
    if (known !== undefined) return known;
    if (this.#sessions.size >= mostSessions)
      for (const oldest of this.#sessions.keys()) {
        this.#sessions.delete(oldest);
        break;
      }
    const heard: Heard = { turns: new TurnMatching(), streamed: false, conversation: null };
    this.#sessions.set(session, heard);
    return heard;
  }
}

const hearings: WeakMap<Recorder, Hearing> = new WeakMap();

export function hearingOf(recorder: Recorder): Hearing {
  const known = hearings.get(recorder);
  if (known !== undefined) return known;
  const hearing = new Hearing(recorder);
  hearings.set(recorder, hearing);
  return hearing;
}
