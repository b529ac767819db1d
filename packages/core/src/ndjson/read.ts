import type { ContentReader } from "../journal/content.ts";
import { type BookkeepingReader, contentReader } from "../journal/context-book.ts";
import type { AgentEvent, ContentRef, EventId, Held } from "../vocabulary/event.ts";
import { parseLine } from "./parse-line.ts";
import { ValuesRead } from "./values-read.ts";

/** A line that was left out. */
export interface SkippedLine {
  /** Counted from 1, over all lines that were given. */
  readonly line: number;
  readonly reason: string;
}

export interface NdjsonReading {
  /** That are not blank. */
  readonly lines: number;
  readonly events: number;
  /** Of events that an earlier line told already. */
  readonly repeated: number;
  readonly malformed: number;
  /** Of a version that this reader does not know. */
  readonly otherVersions: number;
  /** The first hundred of the malformed and of other versions. */
  readonly skipped: readonly SkippedLine[];
}

/** A record that is being read. The events come once, as the lines come; the rest tells of the lines so far. */
export interface NdjsonRecord extends AsyncIterable<AgentEvent> {
  readonly content: ContentReader;
  reading(): NdjsonReading;
}

export interface ReadOptions {
  /** Which values to keep for `content`; the others are missing there. Default: all. */
  readonly keep?: (ref: ContentRef) => boolean;
}

/**
 * Reads what `ndjson` has written: one file, or several one after the other, the older first. Each event comes once, however often it was
 * written. What cannot be read is counted and left out; what the lines themselves throw goes on to the caller. Beside the values that are kept,
 * memory grows by an id an event and by what was new in each context.
 */
export function readNdjson(
  lines: Iterable<string> | AsyncIterable<string>,
  { keep = () => true }: ReadOptions = {},
): NdjsonRecord {
  const reader = new LineReader(keep);
  return {
    content: reader.content,
    reading: () => reader.reading(),
    async *[Symbol.asyncIterator]() {
      for await (const line of lines) {
        const event = reader.take(line);
        if (event) yield event;
      }
    },
  };
}

const mostNamed = 100;

class LineReader {
  readonly content: ContentReader;
  readonly #values: ValuesRead;
  readonly #contexts: BookkeepingReader;
  readonly #taken: Set<EventId> = new Set();
  readonly #skipped: SkippedLine[] = [];
  #number = 0;
  #lines = 0;
  #repeated = 0;
  #malformed = 0;
  #otherVersions = 0;

  constructor(keep: (ref: ContentRef) => boolean) {
    const values = new ValuesRead(keep);
    const contexts = contentReader(values);
    this.#values = values;
    this.#contexts = contexts;
    this.content = {
      read: (held) => values.read(held),
      sizeOf: (held) => contexts.sizeOf(held),
      messages: (context) => contexts.messages(context),
    };
  }

  /** Null: nothing new. */
  take(line: string): AgentEvent | null {
    this.#number += 1;
    if (line.trim() === "") return null;
    this.#lines += 1;
    const parsed = parseLine(line);
    switch (parsed.kind) {
      case "event":
        this.#values.add(parsed.values);
        return this.#once(parsed.event, parsed.messages);
      case "another version":
        this.#otherVersions += 1;
        return this.#skip("is of a version that is not known here");
      case "malformed": {
        this.#malformed += 1;
        const { path, expected, received } = parsed.problem;
        return this.#skip(`expected ${expected}${path && ` at ${path}`}, received ${received}`);
      }
      default:
        return parsed satisfies never;
    }
  }

  reading(): NdjsonReading {
    return {
      lines: this.#lines,
      events: this.#taken.size,
      repeated: this.#repeated,
      malformed: this.#malformed,
      otherVersions: this.#otherVersions,
      skipped: [...this.#skipped],
    };
  }

  #once(recorded: AgentEvent, messages: readonly Held[] | null): AgentEvent | null {
    if (this.#taken.has(recorded.id)) {
      this.#repeated += 1;
      return null;
    }
    const event = messages ? this.#standingAlone(recorded, messages) : recorded;
    this.#taken.add(event.id);
    this.#contexts.apply(event);
    return event;
  }

  /** Where the calls that it builds on were not read, its context is said in full: the same, in other words. */
  #standingAlone(event: AgentEvent, messages: readonly Held[]): AgentEvent {
    if (event.type !== "model.started" || event.context?.count !== messages.length) return event;
    if (this.#contexts.messages(event.context)) return event;
    return { ...event, context: { ...event.context, from: null, keep: 0, cut: 0, add: messages } };
  }

  #skip(reason: string): null {
    if (this.#skipped.length < mostNamed) this.#skipped.push({ line: this.#number, reason });
    return null;
  }
}
