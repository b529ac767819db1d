import { afterEach, expect, test } from "vitest";
import { exampleSpan } from "../otlp/encode/example-span.ts";
import { bridged, work } from "./bridge/bridged.fixture.ts";
import { spanNumbered } from "./bridge/recorded-work.fixture.ts";
import { startSdk, stopSdk } from "./bridge/sdk.fixture.ts";
import { otel } from "./otel.ts";

afterEach(stopSdk);

const context = { signal: new AbortController().signal, content: null };

test("sending makes no spans in the application's own trace, however it is instrumented", async () => {
  const sdk = startSdk();
  const instrumented: typeof fetch = async () => {
    sdk.tracer.startSpan("POST").end();
    await new Promise((resolve) => setTimeout(resolve, 1));
    sdk.tracer.startSpan("later").end();
    return new Response();
  };
  const exporter = otel({ environment: {}, fetch: instrumented });
  bridged(work);
  const batch = Array.from({ length: 50 }, () => exampleSpan());
  await work.run(spanNumbered(3), () =>
    sdk.tracer.startActiveSpan("request", async (request) => {
      await exporter.export(batch, context);
      request.end();
    }),
  );
  expect(sdk.ended.map(({ name }) => name)).toEqual(["request"]);
});
