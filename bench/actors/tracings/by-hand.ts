import type * as Api from "@opentelemetry/api";
import type { Load } from "../../peers.ts";

interface SpansByHand {
  send<Result>(message: object, deliver: (message: object) => Result): Result;
  handle<Result>(delivered: unknown, handler: () => Promise<Result>): Promise<Result>;
}

/** What an application writes that has nothing but OpenTelemetry's API: a span to send, one to handle, and the context in the message's headers. */
export async function byHand(load: Load): Promise<SpansByHand> {
  const api = (await load("@opentelemetry/api")) as typeof Api;
  const { context, propagation, trace } = api;
  const tracer = trace.getTracer("bench");
  return {
    send(message, deliver) {
      const span = tracer.startSpan("send worker", { kind: api.SpanKind.PRODUCER });
      const headers = {};
      propagation.inject(trace.setSpan(context.active(), span), headers);
      const result = deliver({ ...message, headers });
      span.end();
      return result;
    },
    async handle(delivered, handler) {
      const { headers } = delivered as { readonly headers: object };
      const sender = propagation.extract(context.active(), headers);
      const span = tracer.startSpan("process worker", { kind: api.SpanKind.CONSUMER }, sender);
      try {
        return await context.with(trace.setSpan(sender, span), handler);
      } finally {
        span.end();
      }
    },
  };
}
