import type { EventDraft, Key } from "@spoor/core";
import { textOf } from "../narrow.ts";

/** A turn as one witness tells of it. */
interface Telling {
  readonly tools: Set<Key>;
  answer: string | undefined;
}

const mostWaiting = 64;

/**
 * Which of the stream's turns is which of the hooks' prompts: no line of the stream says so. They are the same where they ran the same tool, or
 * gave the same answer; and a turn whose model speaks while only one prompt waits is that prompt's, because a prompt is told of before its
 * turn begins. What stays undecided stays apart.
 */
export class TurnMatching {
  readonly #turns: Map<Key, Telling> = new Map();
  readonly #prompts: Map<Key, Telling> = new Map();
  readonly #matched: Set<Key> = new Set();

  /** The prompt of a turn has been found. */
  isMatched(turn: Key): boolean {
    return this.#matched.has(turn);
  }

  /** What the stream says. What follows from it. */
  stream(draft: EventDraft): Iterable<EventDraft> {
    if (draft.type === "model.started" && typeof draft.parent === "string") {
      const [only, another] = this.#prompts.keys();
      const waits = only !== undefined && another === undefined && this.#turns.has(draft.parent);
      return waits ? this.#match(draft, draft.parent, only) : [];
    }
    const turn = heardOf(draft, this.#turns, draft.type === "turn.started");
    const prompt = turn === null ? null : alike(this.#turns.get(turn), this.#prompts);
    return turn === null || prompt === null ? [] : this.#match(draft, turn, prompt);
  }

  /** What a hook says. What follows from it. */
  hook(draft: EventDraft): Iterable<EventDraft> {
    const begins = draft.type === "span.amended" && draft.mark === "prompt";
    const prompt = heardOf(draft, this.#prompts, begins);
    const turn = prompt === null ? null : alike(this.#prompts.get(prompt), this.#turns);
    return prompt === null || turn === null ? [] : this.#match(draft, turn, prompt);
  }

  /** Both tell of their turns in order, so what came before has no counterpart. */
  *#match({ session }: EventDraft, turn: Key, prompt: Key): Iterable<EventDraft> {
    forgetUpTo(this.#turns, turn);
    forgetUpTo(this.#prompts, prompt);
    this.#matched.add(turn);
    if (this.#matched.size > mostWaiting) forgetUpTo(this.#matched, firstOf(this.#matched));
    yield {
      type: "span.amended",
      session,
      source: "hook",
      on: turn,
      mark: "prompt",
      alias: prompt,
    };
  }
}

/** The turn that more is known of now. */
function heardOf(draft: EventDraft, told: Map<Key, Telling>, begins: boolean): Key | null {
  if (begins) {
    const key = "key" in draft ? draft.key : draft.on;
    if (key === null || told.has(key)) return null;
    if (told.size >= mostWaiting) forgetUpTo(told, firstOf(told));
    told.set(key, { tools: new Set(), answer: undefined });
    return null;
  }
  if (draft.type === "tool.started" && typeof draft.parent === "string") {
    told.get(draft.parent)?.tools.add(draft.key);
    return told.has(draft.parent) ? draft.parent : null;
  }
  if (draft.type !== "turn.ended") return null;
  const ended = told.get(draft.key);
  if (ended === undefined) return null;
  ended.answer ??= textOf(draft.output) ?? textOf(draft.detail);
  return draft.key;
}

function alike(one: Telling | undefined, others: ReadonlyMap<Key, Telling>): Key | null {
  if (one === undefined) return null;
  for (const [key, { tools }] of others) if (share(one.tools, tools)) return key;
  if (one.answer === undefined) return null;
  for (const [key, { answer, tools }] of others)
    if (answer === one.answer && (one.tools.size === 0 || tools.size === 0)) return key;
  return null;
}

const share = (left: ReadonlySet<Key>, right: ReadonlySet<Key>): boolean =>
  [...left].some((key) => right.has(key));

const firstOf = (keys: { keys(): Iterable<Key> }): Key | undefined => {
  for (const key of keys.keys()) return key;
  return undefined;
};

function forgetUpTo(keys: Map<Key, unknown> | Set<Key>, last: Key | undefined): void {
  for (const key of keys.keys()) {
    keys.delete(key);
    if (key === last) return;
  }
}
