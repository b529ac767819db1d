import { expect, test } from "vitest";
import { exampleContent, exampleSpan, held } from "../otlp/encode/example-span.ts";
import { attributesIn, type ReadAttributes, spansIn } from "../otlp/encode/read-back.ts";
import type { TracesRequest } from "../otlp/wire/otlp.ts";
import { otel } from "./otel.ts";

const span = exampleSpan({
  kind: "model",
  provider: "openai",
  input: held({ role: "user", content: "x".repeat(1_000) }),
});
const asked = {
  environment: {},
  content: "full",
  dialect: "1.36",
  overlays: ["braintrust"],
  maxAttributeBytes: 256,
} as const;
const context = { signal: AbortSignal.timeout(5_000), content: exampleContent };

async function overHttp(): Promise<ReadAttributes> {
  const said: ReadAttributes[] = [];
  const exporter = otel({
    ...asked,
    protocol: "http/json",
    compression: "none",
    fetch: (_, request) => {
      const body = Buffer.from(request?.body as Uint8Array).toString();
      const [sent] = spansIn(JSON.parse(body) as TracesRequest);
      said.push(attributesIn(sent?.attributes ?? []));
      return Promise.resolve(new Response());
    },
  });
  await exporter.export([span], context);
  return said[0] ?? {};
}

async function throughAnSdk(): Promise<ReadAttributes> {
  const said: ReadAttributes[] = [];
  const through = {
    onEnd: (ended: { readonly attributes: ReadAttributes }) => void said.push(ended.attributes),
    forceFlush: () => Promise.resolve(),
  };
  await otel({ ...asked, through }).export([span], context);
  return said[0] ?? {};
}

test.each([
  ["over HTTP", overHttp],
  ["through an SDK", throughAnSdk],
])("%s, spans are said as they were asked for", async (_, send) => {
  const said = await send();
  expect(said).toMatchObject({
    "gen_ai.system": "openai",
    "braintrust.span_attributes": '{"type":"llm"}',
    "spoor.cut": ["gen_ai.input.messages", "braintrust.input_json"],
  });
  expect(said).not.toHaveProperty(["gen_ai.provider.name"]);
});
