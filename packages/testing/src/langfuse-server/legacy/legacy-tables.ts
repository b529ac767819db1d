import { accepted } from "../mapping/environment.ts";
import { asText, isRecord, type Loose, textAt } from "../loose.ts";
import type { Arrival } from "../storage/observation-row.ts";
import { inOrder, compared } from "../storage/in-order.ts";
import type { StoredObservation, StoredTrace } from "../storage/stored.ts";
import type { IngestionEvent } from "./ingestion-event.ts";
import { inMilliseconds } from "./moment.ts";
import { legacyRow } from "./legacy-row.ts";
import { merged } from "./merged.ts";

const observationKept = ["id", "traceId", "startTime", "environment"];
const traceKept = ["id", "timestamp", "environment"];

/** The two tables of version 3, where later words are added to earlier ones. */
export class LegacyTables {
  readonly #observations: Map<string, StoredObservation> = new Map();
  readonly #bodies: Map<string, Loose> = new Map();
  readonly #traces: Map<string, Loose> = new Map();

  take({ type, timestamp, body }: IngestionEvent, arrival: Arrival): void {
    if (type === "trace-create") this.#takeTrace(body, timestamp);
    else this.#takeObservation(type, body, { timestamp, arrival });
  }

  #takeTrace(body: Loose, timestamp: string): void {
    const id = String(body["id"]);
    const said = { timestamp, ...body, environment: accepted(body["environment"]) };
    this.#traces.set(id, merged(this.#traces.get(id), said, traceKept));
  }

  #takeObservation(
    type: string,
    body: Loose,
    { timestamp, arrival }: { readonly timestamp: string; readonly arrival: Arrival },
  ): void {
    const kind = type.replace(/-(create|update)$/, "").toUpperCase();
    const key = `${kind} ${String(body["id"])}`;
    const said = { startTime: timestamp, ...body, environment: accepted(body["environment"]) };
    const whole = merged(this.#bodies.get(key), said, observationKept);
    this.#bodies.set(key, whole);
    this.#observations.set(key, legacyRow(kind, whole, arrival));
  }

  observations(): readonly StoredObservation[] {
    return inOrder([...this.#observations.values()]);
  }

  traces(): readonly StoredTrace[] {
    return [...this.#traces.values()].map(traceOf).toSorted((a, b) => compared(a.id, b.id));
  }
}

function traceOf(body: Loose): StoredTrace {
  const metadata = isRecord(body["metadata"]) ? body["metadata"] : {};
  return {
    id: String(body["id"]),
    timestamp: inMilliseconds(String(body["timestamp"])),
    name: textAt(body, "name"),
    userId: textAt(body, "userId"),
    sessionId: textAt(body, "sessionId"),
    tags: (body["tags"] as readonly string[] | undefined) ?? [],
    public: body["public"] === true,
    environment: String(body["environment"]),
    release: textAt(body, "release"),
    version: textAt(body, "version"),
    input: textAt(body, "input"),
    output: textAt(body, "output"),
    metadata: Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [name, asText(value)]),
    ),
  };
}
