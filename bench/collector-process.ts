import { createServer, type IncomingMessage, type Server } from "node:http";
import { gunzipSync } from "node:zlib";

/** What the benchmark asks of its collector. */
export type Order =
  | { readonly listen: number }
  | { readonly close: true }
  | { readonly busy: number }
  | { readonly count: true };

/** What it has received, or where it listens. */
export interface Answer {
  readonly port: number;
  readonly requests: number;
  readonly bytes: number;
  readonly spans: number;
  /** By span id. */
  readonly distinct: number;
}

/** A collector in a process of its own, so that what it costs is in nobody's figures. */
let server: Server | null = null;
let requests = 0;
let bytes = 0;
let spans = 0;
/** Requests that are still to be answered with 429. */
let busy = 0;
const distinct = new Set<string>();
/** Of a span in OTLP, or of a run as LangSmith posts and patches it, part by part. */
const idSaid = /"spanId":"([0-9a-f]{16})"|name="(?:post|patch)\.([0-9a-f-]{36})"/g;

process.on("message", async (order: Order) => {
  if ("listen" in order) await listen(order.listen);
  else if ("close" in order) await close();
  else if ("busy" in order) busy = order.busy;
  const address = server?.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const answer: Answer = { port, requests, bytes, spans, distinct: distinct.size };
  process.send?.(answer);
});

// Its case has ended, however that came: without this one that failed would be waited for by whoever reads what it prints.
process.on("disconnect", () => process.exit());

function listen(port: number): Promise<void> {
  const listening = createServer(async (request, response) => {
    const body = await bodyOf(request);
    requests += 1;
    if (busy > 0) {
      busy -= 1;
      response.writeHead(429, { "retry-after": "1" }).end();
      return;
    }
    bytes += body.length;
    take(body, request.headers["content-encoding"] === "gzip");
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  server = listening;
  return new Promise((resolve) => listening.listen(port, "127.0.0.1", resolve));
}

function close(): Promise<void> {
  const closing = server;
  server = null;
  closing?.closeAllConnections();
  return new Promise((resolve) => (closing ? closing.close(() => resolve()) : resolve()));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function take(body: Buffer, isCompressed: boolean): void {
  const text = (isCompressed ? gunzipSync(body) : body).toString("utf8");
  for (const [, spanId, runId] of text.matchAll(idSaid)) {
    spans += 1;
    distinct.add(spanId ?? runId ?? "");
  }
}
