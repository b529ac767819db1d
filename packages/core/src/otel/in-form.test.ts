import { expect, test } from "vitest";
import type { ContentReader } from "../journal/content.ts";
import { exampleSpan, held } from "../otlp/encode/example-span.ts";
import type { Span } from "../run-tree/span.ts";
import { keepingExporter, type SdkLine, sdkLines } from "./through/sdk-lines.fixture.ts";
import { otel } from "./otel.ts";

const { batching } = sdkLines["3.x"] as SdkLine;
const environment = {};
const unasked: typeof fetch = () => Promise.reject(new Error("nothing should have been sent"));

const exporters = {
  "over HTTP": otel({ environment, content: "full", fetch: unasked }),
  "through an SDK": otel({ environment, content: "full", through: batching(keepingExporter()) }),
};

/** Reading what these spans say fails so. */
function failing(error: Error): ContentReader {
  const fail = (): never => {
    throw error;
  };
  return { read: fail, sizeOf: () => 0, messages: fail };
}

const spans: readonly Span[] = [exampleSpan({ kind: "tool", input: held({}) }), exampleSpan()];

test.each(Object.entries(exporters))(
  "%s, one span that cannot be told does not keep back the others: the batch comes in halves",
  async (_, exporter) => {
    const { signal } = new AbortController();
    const content = failing(new RangeError("Maximum call stack size exceeded"));
    await expect(exporter.export(spans, { signal, content })).rejects.toMatchObject({
      name: "ExportFailure",
      retry: "smaller",
      answered: true,
    });
  },
);

test.each(Object.entries(exporters))(
  "%s, a batch that the machine was too short of something to read comes again as it is",
  async (_, exporter) => {
    const { signal } = new AbortController();
    const content = failing(Object.assign(new Error("too many files"), { code: "EMFILE" }));
    await expect(exporter.export(spans, { signal, content })).rejects.toMatchObject({
      retry: "same",
      answered: true,
    });
  },
);
