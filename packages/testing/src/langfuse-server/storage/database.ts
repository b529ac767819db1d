import { capabilitiesOf, type Deployment } from "../deployment.ts";
import type { SentSpan } from "../intake/sent-span.ts";
import { checked, type IngestionEvent } from "../legacy/ingestion-event.ts";
import { eventsOfSpans } from "../legacy/events-of-spans.ts";
import { LegacyTables } from "../legacy/legacy-tables.ts";
import { observationOf } from "../mapping/observation.ts";
import { EventsTable } from "./events-table.ts";
import { type Arrival, observationRow } from "./observation-row.ts";
import { ScoresTable } from "./scores-table.ts";
import { sessionsIn } from "./sessions.ts";
import type { StoredObservation, StoredScore, StoredSession, StoredTrace } from "./stored.ts";

/** Everything that a server keeps, sorted and as plain values. */
export interface Stored {
  readonly observations: readonly StoredObservation[];
  readonly traces: readonly StoredTrace[];
  readonly sessions: readonly StoredSession[];
  readonly scores: readonly StoredScore[];
}

/** What this installation writes, and to which tables. */
export class Database {
  readonly events: EventsTable = new EventsTable();
  readonly legacy: LegacyTables = new LegacyTables();
  readonly scores: ScoresTable = new ScoresTable();
  readonly #deployment: Deployment;

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
  }

  takeSpans(spans: readonly SentSpan[], arrival: Arrival): void {
    const { events, legacy } = capabilitiesOf(this.#deployment);
    const now = this.#deployment.now();
    if (events)
      for (const span of spans)
        this.events.write(observationRow(observationOf(span, now), arrival));
    if (!legacy) return;
    for (const made of eventsOfSpans(spans, now)) {
      const read = checked(made);
      if ("event" in read) this.legacy.take(read.event, arrival);
    }
  }

  /** An event that names no id for what it is about is taken, and thrown away. */
  takeEvent(event: IngestionEvent, arrival: Arrival): void {
    if (event.type === "sdk-log" || !event.body["id"]) return;
    if (event.type === "score-create") this.scores.take(event);
    else this.legacy.take(event, arrival);
  }

  stored(): Stored {
    const { events } = capabilitiesOf(this.#deployment);
    const from = events ? this.events : this.legacy;
    const [observations, traces] = [from.observations(), from.traces()];
    return {
      observations,
      traces,
      sessions: sessionsIn(events ? observations : inSessions(observations, traces)),
      scores: this.scores.rows(),
    };
  }
}

/** In version 3 the trace alone says in which session it is. */
function inSessions(
  observations: readonly StoredObservation[],
  traces: readonly StoredTrace[],
): readonly StoredObservation[] {
  const sessions = new Map(traces.map(({ id, sessionId }) => [id, sessionId]));
  return observations.map((row) => ({ ...row, sessionId: sessions.get(row.traceId) ?? null }));
}
