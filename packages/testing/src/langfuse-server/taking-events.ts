import type { Answer } from "../backend/answer.ts";
import type { ReceivedRequest } from "../backend/received-request.ts";
import type { Access } from "./authorization.ts";
import { capabilitiesOf, type Deployment } from "./deployment.ts";
import { checked, type IngestionEvent } from "./legacy/ingestion-event.ts";
import { isRecord } from "./loose.ts";
import { reply } from "./reply.ts";
import type { Database } from "./storage/database.ts";
import { arrivalOf } from "./taking-traces.ts";

/** What the framework before the endpoint reads of a body. */
const largestBody = 4.5 * 1024 * 1024;

/** `POST /api/public/ingestion`. Each event is answered for by itself, and the whole with 207, also where none was taken. */
export function takingEvents(
  request: ReceivedRequest,
  {
    deployment,
    database,
    access,
  }: {
    readonly deployment: Deployment;
    readonly database: Database;
    readonly access: Access;
  },
): Answer {
  if (request.sent.byteLength > largestBody)
    return reply(413, { message: "the body is too large" });
  const batch = batchIn(request);
  if (batch === null) return reply(400, { message: "expected a batch of events" });
  const { legacy } = capabilitiesOf(deployment);
  const results = batch.map((value) => resultOf(value, { legacy, access }));
  const arrival = arrivalOf(request, false);
  for (const event of inOrder(results.flatMap(({ event }) => (event ? [event] : []))))
    database.takeEvent(event, arrival);
  return reply(207, {
    successes: results.flatMap(({ id, event }) =>
      event && event.type !== "sdk-log" ? [{ id, status: 201 }] : [],
    ),
    errors: results.flatMap(({ refused }) => (refused ? [refused] : [])),
  });
}

/** Compressed bodies are not unpacked here. */
function batchIn({ sent }: ReceivedRequest): readonly unknown[] | null {
  try {
    const body: unknown = JSON.parse(String(sent));
    return isRecord(body) && Array.isArray(body["batch"]) ? body["batch"] : null;
  } catch {
    return null;
  }
}

interface Result {
  readonly id: string;
  readonly event?: IngestionEvent;
  readonly refused?: {
    readonly id: string;
    readonly status: number;
    readonly message: string;
    readonly error: string;
  };
}

/** Where the tables of version 3 are not written any more, only scores and the logs of SDKs are let in. */
function resultOf(
  value: unknown,
  { legacy, access }: { readonly legacy: boolean; readonly access: Access },
): Result {
  const [id, type] = [wordAt(value, "id"), wordAt(value, "type")];
  const refused = (status: number, message: string, error: string): Result => ({
    id,
    refused: { id, status, message, error },
  });
  if (!legacy && type !== "score-create" && type !== "sdk-log")
    return refused(400, "Event type not accepted", `"${type}" is not taken here any more`);
  const read = checked(value);
  if ("problems" in read) return refused(400, "Invalid request data", read.problems);
  if (access === "scores" && type !== "score-create" && type !== "sdk-log")
    return refused(401, "Authentication error", "a public key may only write scores");
  return { id, event: read.event };
}

function wordAt(value: unknown, name: string): string {
  const said = isRecord(value) ? value[name] : undefined;
  return typeof said === "string" ? said : "unknown";
}

/** By their time, and updates after everything else. */
function inOrder(events: readonly IngestionEvent[]): readonly IngestionEvent[] {
  return events.toSorted(
    (a, b) => isUpdate(a) - isUpdate(b) || Date.parse(a.timestamp) - Date.parse(b.timestamp),
  );
}

const isUpdate = ({ type }: IngestionEvent): number => Number(type.endsWith("-update"));
