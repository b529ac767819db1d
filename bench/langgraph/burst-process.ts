import type * as Api from "@opentelemetry/api";
import { langGraphFrom } from "./libraries.ts";
import { langGraphPeers } from "./langgraph-peers.ts";
import type { Burst, BurstOrder } from "./burst.ts";
import { receiveSpans } from "./received-spans.ts";
import { registerProvider } from "./ways/open-telemetry.ts";
import { ways } from "./ways.ts";

/** Graphs that start in one tick, each in a request of its own: which spans went where. */
const order: BurstOrder = JSON.parse(process.argv[2] ?? "{}");
const load = await langGraphPeers.loader();
const { trace, context, ROOT_CONTEXT } = (await load("@opentelemetry/api")) as typeof Api;
const { graph } = await langGraphFrom(load);
const received = await receiveSpans();
if (order.way.startsWith("Spoor")) await registerProvider(load, null);
const way = await (
  await ways[order.way]()
)({
  load,
  origin: received.origin,
  scratch: order.scratch,
});

const State = graph.Annotation.Root({ said: graph.Annotation<string> });
const runnable = (name: string) =>
  new graph.StateGraph(State)
    .addNode("first", ({ said }) => ({ said: `${said}, read` }))
    .addNode("second", ({ said }) => ({ said: `${said}, done` }))
    .addEdge("__start__", "first")
    .addEdge("first", "second")
    .addEdge("second", "__end__")
    .compile({ name });

const tracer = trace.getTracer("application");
const requests = Array.from({ length: order.requests }, (_, number) => {
  const name = `request-${String(number).padStart(2, "0")}`;
  return { name, span: tracer.startSpan(name, { root: true }), graph: runnable(name) };
});
await Promise.all(
  requests.map(({ name, span, graph }) =>
    context.with(trace.setSpan(ROOT_CONTEXT, span), () => {
      const callbacks = way.callbacks();
      return graph.invoke({ said: name }, callbacks ? { callbacks: [...callbacks] as never } : {});
    }),
  ),
);
for (const { span } of requests) span.end();
await way.flush();

const ofGraphs = received.spans.filter(
  ({ spanId }) => !requests.some(({ span }) => span.spanContext().spanId === spanId),
);
const burst: Burst = {
  spans: ofGraphs.length,
  inTheirTrace: requests.filter(({ name, span }) => {
    const own = ofGraphs.filter((received) => JSON.stringify(received).includes(name));
    const { traceId } = span.spanContext();
    return own.length > 0 && own.every((received) => received.traceId === traceId);
  }).length,
  asOneTree: requests.filter(({ name, span }) => {
    const { spanId } = span.spanContext();
    const roots = ofGraphs.filter(({ parentSpanId }) => parentSpanId === spanId);
    return roots.length === 1 && JSON.stringify(roots).includes(name);
  }).length,
};
process.stdout.write(JSON.stringify(burst));
process.exit(0);
