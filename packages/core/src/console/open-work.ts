import { BoundedMap } from "../vocabulary/bounded-map.ts";
import type { At, ClosingEvent, EventOf, Key, OpeningEvent } from "../vocabulary/event.ts";

/** What is remembered of a span while it is open, and for a while after. */
export interface Work {
  readonly depth: number;
  readonly word: string;
  readonly name: string;
  readonly startedAt: At | null;
  /** When the topmost span above it began: what the clock at the edge counts from. */
  readonly origin: At | null;
  readonly reports: EventOf<"usage.reported">[];
}

/** How much ended work is remembered for what is told late: more witnesses, usage, children. */
const rememberedEnded = 2_000;

/** The spans that are open, and those that ended last. Bounded by open work. */
export class OpenWork {
  readonly #open: Map<string, Work> = new Map();
  readonly #ended: BoundedMap<string, Work> = new BoundedMap(rememberedEnded);

  /** Open, or ended not long ago. */
  find(session: string, key: Key): Work | null {
    const name = nameOf(session, key);
    return this.#open.get(name) ?? this.#ended.get(name) ?? null;
  }

  /** Null: another witness has told of it. */
  open(event: OpeningEvent): Work | null {
    const { session, key } = event;
    if (this.find(session, key)) return null;
    const parent = typeof event.parent === "string" ? this.find(session, event.parent) : null;
    const startedAt = event.at ?? null;
    const work: Work = {
      depth: parent ? parent.depth + 1 : typeof event.parent === "string" ? 1 : 0,
      word: wordFor(event),
      name: event.name,
      startedAt,
      origin: parent ? parent.origin : startedAt,
      reports: [],
    };
    this.#open.set(nameOf(session, key), work);
    return work;
  }

  /** Work that nobody was seen to open goes by its key. Null: another witness has told of its end. */
  close(event: ClosingEvent): Work | null {
    const name = nameOf(event.session, event.key);
    if (this.#ended.has(name)) return null;
    const work = this.#open.get(name) ?? unseen(event);
    this.#open.delete(name);
    return this.#ended.set(name, work);
  }

  isOpen(session: string, key: Key): boolean {
    return this.#open.has(nameOf(session, key));
  }
}

const nameOf = (session: string, key: Key): string => JSON.stringify([session, key]);

function unseen({ type, key }: ClosingEvent): Work {
  const [word = ""] = type.split(".");
  return { depth: 0, word, name: key, startedAt: null, origin: null, reports: [] };
}

function wordFor(event: OpeningEvent): string {
  switch (event.type) {
    case "turn.started":
      return "turn";
    case "model.started":
      return "model";
    case "tool.started":
      return "tool";
    case "work.started":
      return event.kind === "other" ? "work" : event.kind;
    default:
      return event satisfies never;
  }
}
