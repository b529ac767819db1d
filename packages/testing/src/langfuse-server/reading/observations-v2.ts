import { Buffer } from "node:buffer";
import type { Answer } from "../../backend/answer.ts";
import { projectId } from "../deployment.ts";
import { isRecord } from "../loose.ts";
import { reply } from "../reply.ts";
import { isRoot } from "../storage/events-table.ts";
import type { StoredObservation } from "../storage/stored.ts";
import { matching } from "./matching.ts";
import { metadataRead, secondsBetween } from "./values.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Longer values of metadata are cut, unless the whole rows are read anyway. */
const longest = 200;

/** `GET /api/public/v2/observations`: newest first, of each row the groups of fields that are asked for, and a cursor to where the page ended. */
export function observationsV2(rows: readonly StoredObservation[], query: URLSearchParams): Answer {
  if (query.get("parseIoAsJson") === "true")
    return reply(400, { message: "parseIoAsJson is gone, content is text" });
  const limit = Number(query.get("limit") ?? 50);
  if (!(limit >= 0 && limit <= 1_000))
    return reply(400, { message: "expected a limit of at most 1000" });
  const after = cursorIn(query.get("cursor"));
  if (after === undefined) return reply(400, { message: "Invalid cursor format" });
  const found = matching(rows, query).filter((row) => after === null || placeOf(row) < after);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const groups = query.get("fields")?.split(",") ?? ["core", "basic"];
  const whole =
    groups.includes("io") || (groups.includes("metadata") && Boolean(query.get("expandMetadata")));
  return reply(200, {
    data: page.map((row) => fieldsOf(row, groups, whole)),
    meta: found.length > page.length && last ? { cursor: cursorTo(last) } : {},
  });
}

function fieldsOf(row: StoredObservation, groups: readonly string[], whole: boolean): Fields {
  const metadata = whole ? row.metadata : cut(row.metadata);
  return {
    ...core(row),
    ...groups.reduce<Fields>(
      (fields, group) => ({ ...fields, ...groupOf(group, { ...row, metadata }) }),
      {},
    ),
    modelId: groups.includes("model") ? row.modelId : null,
    inputPrice: null,
    outputPrice: null,
    totalPrice: null,
  };
}

function cut(metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [
      name,
      Array.from(value).slice(0, longest).join(""),
    ]),
  );
}

const core = (row: StoredObservation): Fields => ({
  id: row.id,
  traceId: row.traceId,
  startTime: row.startTime,
  endTime: row.endTime,
  projectId,
  parentObservationId: row.parentObservationId || null,
  type: row.type,
  latency: secondsBetween(row.startTime, row.endTime),
});

/** Columns of text know no null: what was never said comes back as an empty text. */
function groupOf(group: string, row: StoredObservation): Fields {
  switch (group) {
    case "basic":
      return {
        name: row.name,
        level: row.level,
        statusMessage: row.statusMessage ?? "",
        version: row.version ?? "",
        environment: row.environment,
        bookmarked: false,
        public: row.public,
        userId: row.userId ?? "",
        sessionId: row.sessionId ?? "",
        isRootObservation: isRoot(row),
      };
    case "time":
      return {
        completionStartTime: row.completionStartTime,
        createdAt: row.startTime,
        updatedAt: row.startTime,
      };
    case "io":
      return { input: row.input || null, output: row.output || null };
    case "metadata":
      return { metadata: metadataRead(row.metadata) };
    case "model":
      return {
        model: row.model ?? "",
        internalModelId: row.modelId ?? "",
        modelParameters: row.modelParameters,
      };
    case "usage":
      return {
        usageDetails: row.usageDetails,
        costDetails: row.costDetails,
        totalCost: row.costDetails["total"] ?? 0,
        usagePricingTierName: null,
      };
    case "prompt":
      return {
        promptId: "",
        promptName: row.promptName ?? "",
        promptVersion: row.promptVersion,
      };
    case "metrics":
      return { timeToFirstToken: secondsBetween(row.startTime, row.completionStartTime) };
    case "trace_context":
      return {
        tags: row.tags,
        release: row.release ?? "",
        traceName: row.traceName || (isRoot(row) ? row.name : null) || null,
      };
    default:
      return {};
  }
}

const placeOf = ({ startTime, traceId, id }: StoredObservation): string =>
  `${startTime} ${traceId} ${id}`;

function cursorTo({ startTime, traceId, id }: StoredObservation): string {
  const cursor = { lastStartTimeTo: startTime, lastTraceId: traceId, lastId: id };
  return Buffer.from(JSON.stringify(cursor)).toString("base64");
}

/** Null: from the beginning; undefined: it is none. */
function cursorIn(text: string | null): string | null | undefined {
  if (text === null) return null;
  try {
    const read: unknown = JSON.parse(Buffer.from(text, "base64").toString());
    if (!isRecord(read)) return undefined;
    return `${String(read["lastStartTimeTo"])} ${String(read["lastTraceId"])} ${String(read["lastId"])}`;
  } catch {
    return undefined;
  }
}
