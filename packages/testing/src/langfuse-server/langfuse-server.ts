import type { Answer } from "../backend/answer.ts";
import { type Backend, backend } from "../backend/backend.ts";
import type { ReceivedRequest } from "../backend/received-request.ts";
import { accessOf } from "./authorization.ts";
import type { Deployment } from "./deployment.ts";
import type { Fault } from "./faults.ts";
import { reading } from "./reading/reading.ts";
import { notFound, reply } from "./reply.ts";
import { Database, type Stored } from "./storage/database.ts";
import { takingEvents } from "./taking-events.ts";
import { takingTraces } from "./taking-traces.ts";

/** A Langfuse on this machine, of the version that it is told to be. */
export interface LangfuseServer extends AsyncDisposable {
  /** Without a slash at its end. The same after `down` and `up`. */
  readonly url: string;
  readonly publicKey: string;
  readonly secretKey: string;
  readonly requests: readonly ReceivedRequest[];
  /** What it keeps, as plain values in a fixed order. */
  stored(): Stored;
  /** What it said 200 to, and could not read afterwards: whole batches. */
  readonly lost: readonly string[];
  /** From the next request that brings data on; null: all is well again. */
  suffers(fault: Fault | null): void;
  /** Resets what is connected and refuses every connection until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

/** From version 4 on it takes traces as OTLP alone, unless `writeMode` says otherwise. `now` is its clock, which stands still where none is given. */
export type LangfuseServerOptions = Partial<Deployment>;

/**
 * Answers over real HTTP with the rules of Langfuse's own server, for what Spoor sends and reads. They were written down anew after version 4.16.0 (commit
 * 62751446). Its own mapper, its checks of requests and its sums of costs were run beside these, over tens of thousands of generated spans and over sessions
 * as Spoor sends them, until both said the same; and rows were put into its own tables of ClickHouse, to see what takes whose place and what is cut.
 * Not here: the rules for other vendors' instrumentation, counting tokens (a text counts by its length), media, and all prices but a few.
 */
export async function langfuseServer(options: LangfuseServerOptions = {}): Promise<LangfuseServer> {
  const deployment: Deployment = {
    version: "4.16.0",
    writeMode: "events_only",
    publicKey: "pk-lf-1234567890",
    secretKey: "sk-lf-1234567890",
    now: () => Date.UTC(2026, 0, 1, 12),
    ...options,
  };
  const database = new Database(deployment);
  const lost: string[] = [];
  let fault: Fault | null = null;
  const server: Backend = await backend((request) => {
    const answer = (): Answer => answerTo(request, { deployment, database, lost });
    return request.method === "POST" && fault !== null ? fault(request, answer) : answer();
  });
  return {
    url: server.url,
    publicKey: deployment.publicKey,
    secretKey: deployment.secretKey,
    requests: server.requests,
    lost,
    stored: () => database.stored(),
    suffers(given) {
      fault = given;
    },
    down: () => server.down(),
    up: () => server.up(),
    close: () => server.close(),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

interface Inside {
  readonly deployment: Deployment;
  readonly database: Database;
  readonly lost: string[];
}

/** Only its health is told to anybody. */
function answerTo(request: ReceivedRequest, { deployment, database, lost }: Inside): Answer {
  const { pathname, searchParams } = new URL(request.path, "http://langfuse");
  if (pathname === "/api/public/health")
    return reply(200, { status: "OK", version: deployment.version });
  const access = accessOf(request.headers.authorization, deployment);
  if (typeof access === "object") return reply(401, { message: access.refusal });
  const ingests = pathname === "/api/public/ingestion";
  if (access === "scores" && !ingests)
    return reply(403, { message: "a public key alone may not do this" });
  if (request.method === "GET") return reading(pathname, searchParams, { deployment, database });
  if (request.method !== "POST") return reply(405, { message: "Method not allowed" });
  if (ingests) return takingEvents(request, { deployment, database, access });
  if (pathname === "/api/public/otel/v1/traces")
    return takingTraces(request, { deployment, database, lost: (reason) => lost.push(reason) });
  return notFound;
}
