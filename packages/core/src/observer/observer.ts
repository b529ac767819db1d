import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { checkedConfig } from "../config/checked-config.ts";
import type { Config } from "../config/config.ts";
import { defaults } from "../config/defaults.ts";
import { configFromEnvironment } from "../config/environment.ts";
import type { Journal, JournalHealth } from "../journal/journal.ts";
import type { SegmentStanding } from "../journal/segment-standing.ts";
import { activeOpenTelemetrySpan } from "../otel/bridge/active-span.ts";
import { closeExporters } from "../pipeline/close-exporters.ts";
import { Delivery } from "../pipeline/delivery.ts";
import type { DeliveryReport } from "../pipeline/delivery-report.ts";
import { type Route, routeOf } from "../pipeline/route.ts";
import { createRecorder, type JournalRecorder, type RecorderHealth } from "../recorder/recorder.ts";
import type { Recorder } from "../recorder/translator.ts";
import { policyOf } from "../retention/retention-settings.ts";
import { redactor } from "../redaction/default-redactor.ts";
import type { SpanContext } from "../vocabulary/carrier.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import { onLastChance } from "./last-chance.ts";
import { OpenSessions } from "./open-sessions.ts";
import { type OpenRecord, openRecord } from "./open-record.ts";
import { parseEntry } from "./parse-entry.ts";
import { Retaining, type RetentionHealth } from "./retaining.ts";
import type { Scope } from "./scope.ts";
import { Session, type SessionOptions } from "./session.ts";
import { wallClock } from "./wall-clock.ts";

export interface ObserverHealth {
  readonly recorder: RecorderHealth;
  readonly journal: JournalHealth;
  readonly exporters: Readonly<Record<string, DeliveryReport>>;
  /** Null: nothing goes but by the bound. */
  readonly retention: RetentionHealth | null;
}

/** What adapters take, and what code without an adapter records with. Nothing here throws into the agent. */
export interface Observer extends Recorder {
  /** A conversation to record by hand. */
  session(options?: SessionOptions): Session;
  /** The innermost scope whose body is running, of this observer; null outside of all. */
  active(): Scope | null;
  /** Its span, for carriers and for spans of your own inside. */
  readonly currentSpan: () => SpanContext | null;
  /** Resolves when what has ended is answered or given up; never rejects. By exporter name. */
  flush(options?: {
    readonly timeoutMs?: number;
  }): Promise<Readonly<Record<string, DeliveryReport>>>;
  /**
   * Flushes and frees the journal's lane; what is emitted later is lost and counted. Without `timeoutMs` a destination that cannot be reached or
   * refuses the key is waited for a second only: its share lies on the disk, for the next process. Never rejects.
   */
  close(options?: { readonly timeoutMs?: number }): Promise<void>;
  health(): ObserverHealth;
}

const patienceMs = 5_000;
/** For a destination that is not there, or that does not take the key: the next process delivers what lies on the disk. */
const patienceInVainMs = 1_000;
/** Somebody waits for the process to end, and what is not delivered then is in the journal. */
const lastPatienceMs = 1_500;

/**
 * Without a config, the environment says where the journal lies and where spans go; no files are read. Throws where the config cannot be used, and
 * where the journal's folder cannot be written: the one moment at which that can be mended.
 */
export function createObserver(config?: Config): Observer {
  return new JournalObserver(
    config === undefined ? configFromEnvironment(process.env) : checkedConfig(config),
  );
}

class JournalObserver implements Observer {
  readonly currentSpan = (): SpanContext | null => this.active()?.context ?? null;
  readonly #config: Config;
  readonly #journal: Journal;
  /** Of the journal; null: it lies in memory, and goes with this process. */
  readonly #dir: string | null;
  readonly #sealLast: OpenRecord["sealLast"];
  readonly #recorder: JournalRecorder;
  readonly #delivery: Delivery | null;
  readonly #openSessions: OpenSessions;
  readonly #active: AsyncLocalStorage<Scope> = new AsyncLocalStorage();
  readonly #routes: readonly Route[];
  readonly #retaining: Retaining | null;
  readonly #undoLastChance: () => void;
  #closing: Promise<void> | null = null;

  constructor(config: Config) {
    const settings = { ...defaults, ...config };
    const { redact = redactor(), maxContentBytes, clock = wallClock() } = settings;
    this.#openSessions = new OpenSessions({ abandonAfterMs: settings.abandonAfterMs });
    const record = openRecord(config, (segment) => this.#standingOf(segment));
    const { dir, journal, cursors, sealLast } = record;
    const routes = settings.exporters.map(routeOf);
    this.#routes = routes;
    this.#config = config;
    this.#journal = journal;
    this.#dir = dir;
    this.#sealLast = sealLast;
    this.#delivery =
      routes.length === 0
        ? null
        : new Delivery({
            ...settings,
            journal,
            routes,
            cursors,
            clock,
            parse: parseEntry,
            newcomers: "from now on",
          });
    this.#recorder = createRecorder({
      journal,
      clock,
      ...(settings.clock ? {} : { steady: () => performance.now() }),
      maxContentBytes,
      ...(redact === "off" ? {} : { redact }),
      activeSpan: settings.activeSpan ?? activeOpenTelemetrySpan,
      tracePer: settings.tracePer,
      ...(settings.labels ? { labels: settings.labels } : {}),
      recorded: (event, position) => {
        this.#openSessions.recorded(event, position);
        this.#delivery?.recorded(event, position);
        this.#retaining?.recorded(position.segment);
      },
    });
    this.#retaining = this.#retainingIn(record, clock, settings.abandonAfterMs);
    this.#undoLastChance = settings.flushOnExit
      ? onLastChance((ending) => this.#deliverLast(ending === "stopped"))
      : () => {};
  }

  emit(draft: EventDraft): SpanContext | null {
    return this.#recorder.emit(draft);
  }

  session(options: SessionOptions = {}): Session {
    const { newKey = randomUUID, labels = {} } = this.#config;
    return new Session({ recorder: this.#recorder, active: this.#active, newKey }, options, labels);
  }

  active(): Scope | null {
    return this.#active.getStore() ?? null;
  }

  async flush({ timeoutMs = patienceMs }: { readonly timeoutMs?: number } = {}): Promise<
    Readonly<Record<string, DeliveryReport>>
  > {
    await this.#journal.flush();
    return this.#delivery?.flush(timeoutMs) ?? {};
  }

  async close({ timeoutMs }: { readonly timeoutMs?: number } = {}): Promise<void> {
    const inVainMs = this.#dir === null ? patienceMs : patienceInVainMs;
    this.#closing ??= this.#close(timeoutMs ?? patienceMs, timeoutMs ?? inVainMs);
    await this.#closing;
  }

  async #close(timeoutMs: number, inVainMs: number): Promise<void> {
    this.#undoLastChance();
    await this.#retaining?.stop();
    await this.#delivery?.close(timeoutMs, inVainMs);
    await closeExporters(this.#routes.map(({ to }) => to));
    await this.#journal.close();
  }

  async #deliverLast(keepsAlive: boolean): Promise<void> {
    await this.#journal.flush();
    await Promise.all([
      this.#delivery?.lastChance(lastPatienceMs, keepsAlive),
      this.#sealLast(lastPatienceMs, keepsAlive),
    ]);
  }

  #standingOf(segment: number): SegmentStanding {
    const { earliest } = this.#openSessions;
    if (earliest !== null && segment >= earliest) return "open";
    return this.#delivery?.hasDelivered(segment) === false ? "undelivered" : "delivered";
  }

  #retainingIn(
    { dir, journal }: OpenRecord,
    clock: () => number,
    abandonAfterMs: number,
  ): Retaining | null {
    const said = this.#config.journal;
    if (dir === null || typeof said !== "object" || !said.retention) return null;
    return new Retaining({
      dir,
      journal,
      policy: policyOf(said.retention),
      parse: parseEntry,
      isDelivered: (segment) => this.#isDelivered(segment),
      isToBeSealed: said.seal !== undefined,
      abandonAfterMs,
      clock,
    });
  }

  /** Where nobody has anything to read, the last segment is delivered, too. */
  #isDelivered(segment: number): boolean {
    const standing = this.#standingOf(segment);
    if (standing !== "undelivered") return standing === "delivered";
    const reports = Object.values(this.#delivery?.reports() ?? {});
    return reports.every(({ pending, unread }) => pending === 0 && unread === 0);
  }

  health(): ObserverHealth {
    return {
      recorder: this.#recorder.health(),
      journal: this.#journal.health(),
      exporters: this.#delivery?.reports() ?? {},
      retention: this.#retaining?.health ?? null,
    };
  }
}
