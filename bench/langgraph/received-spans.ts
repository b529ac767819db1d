import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { gunzipSync } from "node:zlib";

/** A span as it went over the wire. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

interface TracesRequest {
  readonly resourceSpans?: readonly {
    readonly scopeSpans?: readonly { readonly spans?: readonly ReceivedSpan[] }[];
  }[];
}

/** A loopback receiver of OTLP/HTTP in JSON, whatever the path, that keeps what it gets. */
export async function receiveSpans(): Promise<{
  readonly origin: string;
  readonly spans: readonly ReceivedSpan[];
  stop(): void;
}> {
  const spans: ReceivedSpan[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const isCompressed = request.headers["content-encoding"] === "gzip";
    const text = (isCompressed ? gunzipSync(body) : body).toString("utf8");
    const { resourceSpans = [] } = JSON.parse(text) as TracesRequest;
    for (const { scopeSpans = [] } of resourceSpans)
      for (const scope of scopeSpans) spans.push(...(scope.spans ?? []));
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { origin: `http://127.0.0.1:${port}`, spans, stop: () => void server.close() };
}
