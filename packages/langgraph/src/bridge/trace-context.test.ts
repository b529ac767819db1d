import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from "node:http";
import type { AddressInfo } from "node:net";
import { Client } from "@langchain/langgraph-sdk";
import { Annotation, END, START, StateGraph } from "@langchain/langgraph";
import { RemoteGraph } from "@langchain/langgraph/remote";
import { tool } from "@langchain/core/tools";
import { type AgentEvent, createObserver, extract, readCarrier } from "@spoor/core";
import { bridgeOpenTelemetry } from "@spoor/core/otel";
import { afterEach, expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { type SpoorCallbacks, spoorCallbacks } from "../handler/spoor-callbacks.ts";
import { startSdk, stopSdk } from "./sdk.fixture.ts";
import { withTraceContext } from "./trace-context.ts";
import { traceRequests } from "./trace-requests.ts";

afterEach(stopSdk);

interface Recording {
  readonly callbacks: SpoorCallbacks;
  readonly spanIdOf: (type: AgentEvent["type"], name: string) => Promise<string | undefined>;
}

function recording(): Recording {
  const events: AgentEvent[] = [];
  const observer = createObserver({
    journal: "memory",
    exporters: [
      { name: "kept", consumes: "events", export: async (batch) => void events.push(...batch) },
    ],
  });
  return {
    callbacks: spoorCallbacks(observer),
    spanIdOf: async (type, name) => {
      await observer.close();
      const found = events.find(
        (event) => event.type === type && "name" in event && event.name === name,
      );
      return found?.spanId ?? undefined;
    },
  };
}

interface Received {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A LangGraph server, as far as one graph that answers at once needs it. */
async function remoteServer(): Promise<{
  readonly url: string;
  readonly received: readonly Received[];
}> {
  const received: Received[] = [];
  const server: Server = createServer(async (request, response) => {
    received.push({ path: request.url, headers: request.headers, body: await bodyOf(request) });
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end('event: values\ndata: {"answer":"far"}\n\n');
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const State = Annotation.Root({ answer: Annotation<string>() });

function remoteGraph(apiUrl: string, callbacks: SpoorCallbacks): RemoteGraph {
  const client = new Client({
    apiUrl,
    apiKey: null,
    defaultHeaders: { tenant: "one" },
    onRequest: traceRequests(callbacks),
  });
  return new RemoteGraph({ graphId: "far", client });
}

test("a remote graph that is a node is asked in the trace of that node", async () => {
  const { url, received } = await remoteServer();
  const { callbacks, spanIdOf } = recording();
  const graph = new StateGraph(State)
    .addNode("far", remoteGraph(url, callbacks))
    .addEdge(START, "far")
    .addEdge("far", END)
    .compile();
  expect(await graph.invoke({ answer: "" }, { callbacks: [callbacks] })).toEqual({ answer: "far" });
  const [request] = received;
  const { carrier } = extract(request?.headers);
  expect(carrier && readCarrier(carrier)?.spanId).toBe(await spanIdOf("work.started", "far"));
  expect(request?.headers["tenant"]).toBe("one");
  expect(request?.path).toBe("/runs/stream");
});

test("one that is called inside a node, too; outside of all graphs it is asked as it was", async () => {
  const { url, received } = await remoteServer();
  const { callbacks, spanIdOf } = recording();
  const remote = remoteGraph(url, callbacks);
  const graph = new StateGraph(State)
    .addNode("asks", async () => remote.invoke({ answer: "" }))
    .addEdge(START, "asks")
    .addEdge("asks", END)
    .compile();
  await remote.invoke({ answer: "" });
  await graph.invoke({ answer: "" }, { callbacks: [callbacks] });
  const carriers = received.map(({ headers }) => extract(headers).carrier);
  expect(carriers[0]).toBeNull();
  expect(carriers[1] && readCarrier(carriers[1])?.spanId).toBe(
    await spanIdOf("work.started", "asks"),
  );
});

test("a tool that calls over MCP sends the trace context of the tool, in the request's trace, beside what it sends itself", async () => {
  const { tracer } = startSdk();
  const { callbacks, spanIdOf } = recording();
  onTestFinished(bridgeOpenTelemetry(callbacks));
  const sent: Record<string, unknown>[] = [];
  const search = tool(
    async () => {
      sent.push(withTraceContext(callbacks, { progressToken: 7 }));
      return "found";
    },
    { name: "search", description: "finds", schema: z.object({}) },
  );
  const traceId = await tracer.startActiveSpan("request", async (request) => {
    await search.invoke({}, { callbacks: [callbacks] });
    return request.spanContext().traceId;
  });
  expect(sent).toEqual([
    {
      progressToken: 7,
      traceparent: `00-${traceId}-${await spanIdOf("tool.started", "search")}-01`,
    },
  ]);
});

test("outside of all that is recorded, the application's own active span is sent; without one, nothing", () => {
  const { callbacks } = recording();
  expect(withTraceContext(callbacks)).toEqual({});
  startSdk().tracer.startActiveSpan("request", (request) => {
    const { traceId, spanId } = request.spanContext();
    expect(withTraceContext(callbacks)).toEqual({ traceparent: `00-${traceId}-${spanId}-01` });
  });
});

test.each([
  ["a list", [["accept", "text/plain"]]],
  ["an object of fetch", new Headers({ accept: "text/plain" })],
] as const)("headers may be %s, and settings beside them stay", (_name, headers) => {
  const { callbacks } = recording();
  startSdk().tracer.startActiveSpan("request", () => {
    const settings = { method: "POST", headers: headers as RequestInit["headers"] };
    const traced = traceRequests(callbacks)(new URL("http://127.0.0.1"), settings);
    expect(traced.method).toBe("POST");
    const sent = new Headers(traced.headers);
    expect(sent.get("accept")).toBe("text/plain");
    expect(sent.get("traceparent")).toMatch(/^00-/);
  });
});
