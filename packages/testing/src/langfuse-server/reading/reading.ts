import type { Answer } from "../../backend/answer.ts";
import { capabilitiesOf, type Deployment, projectId } from "../deployment.ts";
import { notFound, reply } from "../reply.ts";
import type { Database } from "../storage/database.ts";
import { downloadOf } from "./download.ts";
import { observationsV1 } from "./observations-v1.ts";
import { observationsV2 } from "./observations-v2.ts";
import { scoresV3 } from "./scores-v3.ts";
import { traceV1 } from "./trace-v1.ts";

/** What can be asked for. Paths of version 3 are not found where its tables are not written any more, and the other way round. */
export function reading(
  path: string,
  query: URLSearchParams,
  { deployment, database }: { readonly deployment: Deployment; readonly database: Database },
): Answer {
  const { events, legacy } = capabilitiesOf(deployment);
  if (path === "/api/public/projects") return reply(200, { data: [project] });
  if (path === "/api/public/v3/scores") return scoresV3(database.scores.rows(), query);
  if (path === "/api/public/v2/observations")
    return events ? observationsV2(database.events.observations(), query) : notFound;
  if (path === "/api/public/observations")
    return legacy ? observationsV1(database.legacy.observations(), query) : notFound;
  const traceId = /^\/api\/public\/traces\/([^/]+)$/.exec(path)?.[1];
  if (traceId !== undefined)
    return legacy ? traceV1(decodeURIComponent(traceId), database) : notFound;
  const downloaded = /^\/api\/traces\/([^/]+)\/download$/.exec(path)?.[1];
  return downloaded === undefined ? notFound : downloadOf(decodeURIComponent(downloaded), database);
}

const project = {
  id: projectId,
  name: "Project",
  organization: { id: "organization", name: "Organization" },
  metadata: {},
};
