import { langfuse } from "@spoor/core/langfuse";
import { describeExporter } from "../exporter/describe-exporter.ts";
import { overHttp } from "../exporter/http/over-http.ts";
import { isSpan, problemsIn, rowsIn } from "./langfuse.fixture.ts";

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
