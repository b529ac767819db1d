import type { SpanExporter } from "@spoor/core";
import { describeExporter } from "../exporter/describe-exporter.ts";
import { overHttp } from "../exporter/http/over-http.ts";
import { fromCore } from "./from-core.fixture.ts";
import { isSpan, problemsIn, rowsIn } from "./langfuse.fixture.ts";

const { langfuse } = await fromCore<{
  readonly langfuse: (options: object) => SpanExporter;
}>("langfuse/index.ts");

const [publicKey, secretKey] = ["pk-lf-1234567890", "sk-lf-0987654321"];

describeExporter(
  "langfuse",
  ({ url }) => langfuse({ environment: {}, baseUrl: url, publicKey, secretKey, transport: "otlp" }),
  overHttp({
    idsIn: (request) =>
      rowsIn(request)
        .filter(isSpan)
        .map(({ spanId }) => spanId),
    problemsIn,
    secrets: [secretKey],
  }),
);
