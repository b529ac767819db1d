import type { StoredObservation, StoredTrace } from "./stored.ts";
import { inOrder } from "./in-order.ts";

/** The one table of version 4. A row is never added to: one with the same trace, the same id and the same start takes its place, one with another start stands beside it. */
export class EventsTable {
  readonly #rows: Map<string, StoredObservation> = new Map();

  write(row: StoredObservation): void {
    this.#rows.set(`${row.startTime} ${row.traceId} ${row.id}`, row);
  }

  observations(): readonly StoredObservation[] {
    return inOrder([...this.#rows.values()]);
  }

  traces(): readonly StoredTrace[] {
    return [...Map.groupBy(this.observations(), ({ traceId }) => traceId).values()].map(traceOf);
  }
}

/** The observation without a parent is a root, and so is one that says so. */
export function isRoot(row: StoredObservation): boolean {
  return !row.parentObservationId || row.isAppRoot;
}

/** The last word on each field; a trace that nobody names is called after its root. */
function traceOf(rows: readonly StoredObservation[]): StoredTrace {
  const roots = rows.filter(isRoot);
  const last = <Value>(pick: (row: StoredObservation) => Value, of = rows): Value | null =>
    of.map(pick).findLast(Boolean) ?? null;
  return {
    id: rows[0]?.traceId ?? "",
    timestamp: rows[0]?.startTime ?? "",
    name: last(({ traceName }) => traceName) ?? last(({ name }) => name, roots),
    userId: last(({ userId }) => userId),
    sessionId: last(({ sessionId }) => sessionId),
    tags: [...new Set(rows.flatMap(({ tags }) => tags))].toSorted(),
    public: rows.some((row) => row.public),
    environment: last(({ environment }) => environment) ?? "default",
    release: last(({ release }) => release),
    version: last(({ version }) => version),
    input: last(({ input }) => input, roots),
    output: last(({ output }) => output, roots),
    metadata: last(({ metadata }) => metadata, roots) ?? {},
  };
}
