import type { Answer } from "../../backend/answer.ts";
import { reply } from "../reply.ts";
import type { StoredObservation } from "../storage/stored.ts";
import { apiObservation } from "./api-observation.ts";
import { matching } from "./matching.ts";

/** `GET /api/public/observations` of version 3: in pages, newest first. */
export function observationsV1(rows: readonly StoredObservation[], query: URLSearchParams): Answer {
  const found = matching(rows, query);
  const page = Number(query.get("page") ?? 1);
  const limit = Number(query.get("limit") ?? 50);
  if (!(limit >= 1 && limit <= 100))
    return reply(400, { message: "expected a limit from 1 to 100" });
  return reply(200, {
    data: found.slice((page - 1) * limit, page * limit).map(apiObservation),
    meta: {
      page,
      limit,
      totalItems: found.length,
      totalPages: Math.ceil(found.length / limit),
    },
  });
}
