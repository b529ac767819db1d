import { contentReader, type BookkeepingReader } from "../journal/context-book.ts";
import { beginning, isEarlier, type Journal, type Position } from "../journal/journal.ts";
import { createRunTree, type RunTree } from "../run-tree/run-tree.ts";
import type { Span } from "../run-tree/span.ts";
import { isOpening } from "../vocabulary/event-kind.ts";
import type { AgentEvent } from "../vocabulary/event.ts";
import type { Cursor, CursorStore } from "./cursor.ts";
import type {
  DeliveryReport,
  EventExporter,
  ExportContext,
  Exporter,
  SpanExporter,
} from "./exporter.ts";
import { Route } from "./route.ts";
import { within } from "./within.ts";

export interface DeliveryOptions {
  readonly journal: Journal;
  readonly exporters: readonly Exporter[];
  readonly cursors: CursorStore;
  readonly clock: () => number;
  readonly settleMs: number;
  /** Reads an entry back; null: not one that this version understands. */
  readonly parse: (line: string) => AgentEvent | null;
}

interface Recorded {
  readonly event: AgentEvent;
  readonly position: Position;
}

/** How many calls' contexts an exporter may look back on. */
const rememberedContexts = 20_000;
const backlogPiece = 2_000;

/**
 * Reads a lane for its exporters: first from the disk what an earlier process left, then what is recorded from now on. Runs beside the agent:
 * taking an event in is a push, all else happens in a later turn of the event loop, and nothing here throws into the recorder.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #tree: RunTree;
  readonly #content: BookkeepingReader;
  readonly #spanRoutes: ReadonlyMap<SpanExporter, Route<Span>>;
  readonly #eventRoutes: ReadonlyMap<EventExporter, Route<AgentEvent>>;
  /** A part of what the lane held could not be read: nobody may believe that it was delivered. */
  #missedSome = false;
  #closing: Promise<void> | null = null;
  #backlog: Iterator<Recorded, null> | null;
  #inbox: Recorded[] = [];
  #scheduled: NodeJS.Immediate | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#tree = createRunTree({ settleMs: options.settleMs });
    this.#content = contentReader(options.journal.reader(), rememberedContexts);
    const spans = options.exporters.filter((exporter) => exporter.consumes === "spans");
    const events = options.exporters.filter((exporter) => exporter.consumes === "events");
    this.#spanRoutes = new Map(spans.map((exporter) => [exporter, this.#routeTo(exporter)]));
    this.#eventRoutes = new Map(events.map((exporter) => [exporter, this.#routeTo(exporter)]));
    this.#backlog = this.#left(options.journal.tail.sequence);
    this.#schedule();
  }

  /** The recorder's hand-over. */
  recorded(event: AgentEvent, position: Position): void {
    if (this.#closing) return;
    this.#inbox.push({ event, position });
    this.#schedule();
  }

  /** Sends everything that has ended, settled or not; resolves when it is answered or the time is up. Never rejects. */
  async flush(timeoutMs: number): Promise<Readonly<Record<string, DeliveryReport>>> {
    while (this.#backlog) this.#readBacklog();
    this.#work(Number.POSITIVE_INFINITY);
    const drained = Promise.all(this.#routes().map((route) => route.drain()));
    await within(timeoutMs, drained);
    return this.reports();
  }

  /** Flushes, stops what is still being tried, and closes the exporters. Never rejects. */
  close(timeoutMs: number): Promise<void> {
    this.#closing ??= this.#close(timeoutMs);
    return this.#closing;
  }

  async #close(timeoutMs: number): Promise<void> {
    await this.flush(timeoutMs);
    if (this.#scheduled) clearImmediate(this.#scheduled);
    if (this.#timer) clearTimeout(this.#timer);
    for (const route of this.#routes()) route.stop();
    await Promise.allSettled(this.#options.exporters.map(async (exporter) => exporter.close?.()));
  }

  reports(): Readonly<Record<string, DeliveryReport>> {
    const { late } = this.#tree.health();
    return Object.fromEntries([
      ...[...this.#spanRoutes].map(([{ name }, route]) => [name, route.report(late)] as const),
      ...[...this.#eventRoutes].map(([{ name }, route]) => [name, route.report(0)] as const),
    ]);
  }

  #routes(): readonly (Route<Span> | Route<AgentEvent>)[] {
    return [...this.#spanRoutes.values(), ...this.#eventRoutes.values()];
  }

  #routeTo<Item>(exporter: {
    readonly name: string;
    export(batch: readonly Item[], context: ExportContext): Promise<void>;
  }): Route<Item> {
    const { cursors, journal } = this.#options;
    return new Route<Item>({
      cursor: notBeyond(journal.end, cursors.load(exporter.name, journal.lane)),
      content: this.#content,
      send: (batch, context) => exporter.export(batch, context),
      save: (cursor) => {
        if (!this.#missedSome) cursors.save(exporter.name, journal.lane, cursor);
      },
    });
  }

  /** What the lane held before this process: from where the exporter that is furthest behind has to fold. */
  *#left(last: number): Generator<Recorded, null> {
    const { journal, parse } = this.#options;
    const starts = this.#routes().map((route) => route.progress.start ?? beginning);
    const [from] = starts.toSorted((left, right) => (isEarlier(left, right) ? -1 : 1));
    if (last < 0 || !from) return null;
    // From where the segment begins: contexts and labels of what is outstanding were said before it began.
    const start = { segment: from.segment, offset: 0 };
    for (const { line, position } of journal.reader().entriesOf(journal.lane, start)) {
      const event = parse(line);
      if (event && event.sequence > last) return null;
      if (event) yield { event, position };
    }
    return null;
  }

  #schedule(): void {
    this.#scheduled ??= setImmediate(() => {
      this.#scheduled = null;
      if (this.#backlog) this.#readBacklog();
      this.#work(this.#options.clock());
    });
  }

  /** A bounded piece at a time, so that a long backlog does not hold the agent up. */
  #readBacklog(): void {
    for (let read = 0; read < backlogPiece; read += 1) {
      const next = this.#nextLeft();
      if (!next) {
        this.#backlog = null;
        return;
      }
      this.#take(next.event, next.position);
    }
  }

  #nextLeft(): Recorded | null {
    try {
      return this.#backlog?.next().value ?? null;
    } catch {
      this.#missedSome = true;
      return null;
    }
  }

  #work(now: number): void {
    if (this.#backlog) {
      this.#schedule();
      return;
    }
    const inbox = this.#inbox;
    this.#inbox = [];
    for (const { event, position } of inbox) this.#take(event, position);
    for (const span of this.#tree.settled(now)) this.#leave(span);
    for (const route of this.#routes()) void route.drain();
    this.#timer ??= this.#soon();
  }

  /** Spans settle with time, not only with events. */
  #soon(): NodeJS.Timeout | null {
    if (this.#tree.health().unsettledSpans === 0) return null;
    const timer = setTimeout(() => {
      this.#timer = null;
      this.#work(this.#options.clock());
    }, this.#options.settleMs);
    return timer.unref();
  }

  #take(event: AgentEvent, position: Position): void {
    this.#content.apply(event);
    const isInTime = this.#tree.apply(event);
    const opens = isOpening(event) ? event.spanId : null;
    for (const { progress } of this.#spanRoutes.values()) {
      if (opens && isInTime)
        progress.began(opens, position, { leans: event.traceId === undefined });
      else if (opens) progress.beganAgain(opens, position);
      progress.passed(position);
    }
    for (const route of this.#eventRoutes.values()) {
      const isNew = route.progress.began(event.id, position);
      route.progress.passed(position);
      if (isNew) route.offer({ ids: [event.id], item: event });
    }
  }

  #leave(span: Span): void {
    const { session, spanId, otherSpanIds = [] } = span;
    for (const route of this.#spanRoutes.values())
      route.offer({ ids: [spanId, ...otherSpanIds], item: span });
    if (span.kind === "turn") this.#tree.release(session, spanId);
  }
}

/** A lane may have lost its end, with the machine or by hand, after its cursor was saved: what comes now lies there and is new. */
function notBeyond(end: Position, cursor: Cursor | null): Cursor | null {
  return cursor && isEarlier(end, cursor.foldFrom) ? { ...cursor, foldFrom: end } : cursor;
}
