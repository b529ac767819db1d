import type { Key } from "@spoor/core";
import { type Fields, textOf } from "./narrow.ts";
import { type Counted, isNameless, Pool, readings } from "./pool.ts";

/** A tool call that a recording tells of. */
export interface ToldTool {
  readonly session: string;
  readonly key: Key;
  /** The model call that asked for it. */
  readonly call: Key | undefined;
  /** What it lies in, if that is known. */
  readonly run: Key | null;
}

/** A tool call as a model has asked for it. */
export interface NamedTool {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly input: unknown;
}

interface Opened {
  readonly session: string;
  readonly parent: Key | undefined;
}

/** Where a session of calls that no run is known of begins: of a log, and of a trace. */
export const looseSession = "log:";
export const traceSession = "trace:";

/**
 * What some recordings tell: which keys, in which sessions. It is made of drafts and of entries of a journal alike, and holds names and numbers, none of
 * the contents.
 */
export class Told {
  readonly #opened: Map<Key, Opened> = new Map();
  readonly #aliases: Map<Key, string> = new Map();
  /** Null: more than one has this id, so it tells none of them. */
  readonly #tools: Map<string, ToldTool | null> = new Map();
  readonly #toolsOfRun: Map<Key, string[]> = new Map();
  readonly #followers: Map<Key, Key> = new Map();
  readonly #tasks: Map<string, { readonly session: string; readonly on: Key }> = new Map();
  readonly #teams: Map<Key, Key> = new Map();
  /** Sessions with runs whose messages have no ids. */
  readonly #unnamed: Set<string> = new Set();
  readonly #choices: Set<string> = new Set();
  /** By name. */
  readonly #claimedTools: Map<
    string,
    { readonly id?: string | undefined; readonly input?: string | undefined }[]
  > = new Map();
  readonly #loose: Pool = new Pool();
  /** Of logs, wherever they lie. */
  readonly #nameless: Pool = new Pool();
  readonly #traced: Pool = new Pool();
  readonly #claimed: Pool = new Pool();

  /** A draft, or an entry of a journal without what it refers to. */
  note(fact: Fields): void {
    const [session, key, on] = [fact["session"], fact["key"], fact["on"]].map(textOf);
    if (session === undefined) return;
    const type = textOf(fact["type"]);
    if (key !== undefined && type?.endsWith(".started") === true)
      this.#open(session, key, type, fact);
    else if (on !== undefined) this.#mark(session, on, type, fact);
  }

  /** Null: nobody tells of it. */
  sessionOf(key: Key): string | null {
    return this.#opened.get(key)?.session ?? this.#aliases.get(key) ?? null;
  }

  parentOf(key: Key): Key | undefined {
    return this.#opened.get(key)?.parent;
  }

  /** The tool call with this id of the model's. Null: none, or more than one. */
  toolCalled(id: string): ToldTool | null {
    return this.#tools.get(id) ?? null;
  }

  /** The call of a model that read what a tool had answered. */
  followerOf({ session, key }: ToldTool): Key | undefined {
    return this.#followers.get(`${session}\n${key}`);
  }

  /** Ids of the tool calls of a run. */
  toolsIn(run: Key): readonly string[] {
    return this.#toolsOfRun.get(run) ?? [];
  }

  /** Whether messages may tell of this tool call. False: theirs have other names, ids or arguments. */
  mayTell({ id, name, input }: NamedTool): boolean {
    const json = JSON.stringify(input);
    return (this.#claimedTools.get(name ?? "") ?? []).some((tool) =>
      id !== undefined && tool.id !== undefined
        ? id === tool.id
        : tool.input === undefined || tool.input === json,
    );
  }

  /** What a message to an agent or team stands on, where it is none of the run's own. */
  taskAt(id: string): { readonly session: string; readonly on: Key } | null {
    return this.#tasks.get(id) ?? null;
  }

  /** The team that a run is one of. */
  teamOf(run: Key): Key | undefined {
    return this.#teams.get(run);
  }

  /** Whether a choice of a speaker is told, by the id of the message that tells it. */
  isChosen(id: string): boolean {
    return this.#choices.has(id);
  }

  /** The run that something lies in. */
  runOf(key: Key): Key | null {
    for (let at: Key | undefined = key, depth = 0; at !== undefined && depth < 64; depth += 1) {
      if (at.startsWith("run:")) return at;
      at = this.#opened.get(at)?.parent;
    }
    return null;
  }

  /** How many calls of logs and spans that lie in no run that messages name may be the one that is meant. None: it certainly is no other. */
  looseLike(counted: Counted | null): number {
    return this.#loose.like(counted) + this.#traced.like(counted);
  }

  /** The same of calls of logs that no response names, wherever they lie. */
  namelessLike(counted: Counted | null): number {
    return this.#nameless.like(counted);
  }

  /** The same of calls of spans. */
  tracedLike(counted: Counted | null): number {
    return this.#traced.like(counted);
  }

  /** The same of calls that messages tell of and no log. `besides`: those that others are known to tell of. */
  claimedLike(counted: Counted | null, besides?: (key: Key) => boolean): number {
    return this.#claimed.like(counted, besides);
  }

  #open(session: string, key: Key, type: string, fact: Fields): void {
    const parent = textOf(fact["parent"]);
    if (!this.#opened.has(key)) this.#opened.set(key, { session, parent });
    if (key.startsWith("team:") && parent?.startsWith("run:") === true)
      this.#teams.set(parent, key);
    if (key.startsWith(`run:${session}:`)) this.#unnamed.add(session);
    if (type === "tool.started") this.#openTool(session, key, fact);
    if (type !== "model.started") return;
    for (const pool of this.#poolsOf(session, key, fact)) pool.open(key);
    const cause = textOf(fact["causedBy"]);
    if (cause !== undefined) this.#followers.set(`${session}\n${cause}`, key);
  }

  #openTool(session: string, key: Key, fact: Fields): void {
    const [id, name = ""] = [textOf(fact["toolCallId"]), textOf(fact["name"])];
    if (fact["source"] === "stream") {
      const input = fact["input"] === undefined ? undefined : JSON.stringify(fact["input"]);
      const alike = this.#claimedTools.get(name);
      if (alike) alike.push({ id, input });
      else this.#claimedTools.set(name, [{ id, input }]);
    }
    if (id === undefined) return;
    const known = this.#tools.get(id);
    const isOther = known === null || (known && (known.key !== key || known.session !== session));
    const run = this.runOf(key);
    this.#tools.set(id, isOther ? null : { session, key, call: textOf(fact["causedBy"]), run });
    if (run === null) return;
    const ids = this.#toolsOfRun.get(run);
    if (ids) ids.push(id);
    else this.#toolsOfRun.set(run, [id]);
  }

  #mark(session: string, on: Key, type: string | undefined, fact: Fields): void {
    const [alias, mark] = [textOf(fact["alias"]), textOf(fact["mark"])];
    if (type === "span.amended" && alias !== undefined) {
      this.#aliases.set(alias, session);
      this.#claimed.forget(alias);
    } else if (type === "usage.reported" && fact["basis"] === "call") {
      const pools = this.#poolsOf(session, on, fact);
      for (const counted of readings(fact)) for (const pool of pools) pool.count(on, counted);
    } else if (type === "message.received" && mark !== undefined) {
      if (!on.startsWith("run:")) this.#tasks.set(mark, { session, on });
    } else if (type === "decision.made" && mark !== undefined) this.#choices.add(mark);
  }

  #poolsOf(session: string, key: Key, { source }: Fields): readonly Pool[] {
    if (source === "stream") return [this.#claimed];
    if (session.startsWith(traceSession)) return [this.#traced];
    return [
      ...(session.startsWith(looseSession) || this.#unnamed.has(session) ? [this.#loose] : []),
      ...(isNameless(key) ? [this.#nameless] : []),
    ];
  }
}
