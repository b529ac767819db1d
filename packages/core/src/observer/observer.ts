import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import process from "node:process";
import type { Journal, JournalHealth } from "../journal/journal.ts";
import { diskJournal } from "../journal/disk/disk-journal.ts";
import { journalFolder } from "../journal/disk/journal-folder.ts";
import { memoryJournal } from "../journal/memory-journal.ts";
import { type CursorStore, memoryCursors } from "../pipeline/cursor.ts";
import { Delivery } from "../pipeline/delivery.ts";
import { diskCursors } from "../pipeline/disk-cursors.ts";
import type { DeliveryReport, Exporter } from "../pipeline/exporter.ts";
import { createRecorder, type JournalRecorder, type RecorderHealth } from "../recorder/recorder.ts";
import type { Recorder } from "../recorder/translator.ts";
import { parseEventLine } from "../schema/parse.ts";
import type { SpanContext } from "../vocabulary/carrier.ts";
import type { AgentEvent, EventDraft } from "../vocabulary/event.ts";
import type { Config } from "./config.ts";
import type { Scope } from "./scope.ts";
import { Session, type SessionOptions } from "./session.ts";
import { wallClock } from "./wall-clock.ts";

export interface ObserverHealth {
  readonly recorder: RecorderHealth;
  readonly journal: JournalHealth;
  readonly exporters: Readonly<Record<string, DeliveryReport>>;
}

/** What adapters take, and what code without an adapter records with. Nothing here throws into the agent. */
export interface Observer extends Recorder {
  /** A conversation to record by hand. */
  session(options?: SessionOptions): Session;
  /** The innermost scope whose body is running, of this observer; null outside of all. */
  active(): Scope | null;
  /** Resolves when what has ended is answered or given up; never rejects. By exporter name. */
  flush(options?: {
    readonly timeoutMs?: number;
  }): Promise<Readonly<Record<string, DeliveryReport>>>;
  /** Flushes and frees the journal's lane; what is emitted later is lost and counted. Never rejects. */
  close(options?: { readonly timeoutMs?: number }): Promise<void>;
  health(): ObserverHealth;
}

const patienceMs = 5_000;

/**
 * Reads no files; without a config, only the environment says where the journal lies. Throws where the journal's folder cannot be written, or
 * two exporters have one name: the one moment at which that can be mended.
 */
export function createObserver(config: Config = {}): Observer {
  refuseSharedNames(config.exporters ?? []);
  const { journal, cursors } = openJournal(config);
  return new JournalObserver(config, journal, cursors);
}

/** A name is a cursor: two exporters that share one would each skip what the other has sent. */
function refuseSharedNames(exporters: readonly Exporter[]): void {
  const names = exporters.map(({ name }) => name);
  const shared = names.find((name, place) => names.indexOf(name) !== place);
  if (shared !== undefined)
    throw new TypeError(`two exporters are named ${shared}: give each a name of its own`);
}

function openJournal(config: Config): { readonly journal: Journal; readonly cursors: CursorStore } {
  const settings = config.journal ?? {};
  if (settings === "memory") return { journal: memoryJournal(), cursors: memoryCursors() };
  const dir = journalFolder(settings.dir, process.env, process.cwd());
  return { journal: diskJournal({ ...settings, dir }), cursors: diskCursors(dir) };
}

class JournalObserver implements Observer {
  readonly #config: Config;
  readonly #journal: Journal;
  readonly #recorder: JournalRecorder;
  readonly #delivery: Delivery | null;
  readonly #active: AsyncLocalStorage<Scope> = new AsyncLocalStorage();

  constructor(config: Config, journal: Journal, cursors: CursorStore) {
    const { exporters = [], redact, activeSpan, settleMs = 2_000, clock = wallClock() } = config;
    this.#config = config;
    this.#journal = journal;
    const delivery =
      exporters.length === 0
        ? null
        : new Delivery({ journal, exporters, cursors, clock, settleMs, parse });
    this.#delivery = delivery;
    this.#recorder = createRecorder({
      journal,
      clock,
      ...(redact ? { redact } : {}),
      ...(activeSpan ? { activeSpan } : {}),
      ...(delivery
        ? {
            recorded: (event, position) => {
              delivery.recorded(event, position);
            },
          }
        : {}),
    });
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

  async close({ timeoutMs = patienceMs }: { readonly timeoutMs?: number } = {}): Promise<void> {
    await this.#delivery?.close(timeoutMs);
    await this.#journal.close();
  }

  health(): ObserverHealth {
    return {
      recorder: this.#recorder.health(),
      journal: this.#journal.health(),
      exporters: this.#delivery?.reports() ?? {},
    };
  }
}

function parse(line: string): AgentEvent | null {
  const parsed = parseEventLine(line);
  return parsed.ok ? parsed.event : null;
}
