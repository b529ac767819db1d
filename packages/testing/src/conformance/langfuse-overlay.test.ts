import { otel } from "@spoor/core/otel";
import { expect, test } from "vitest";
import { exampleOf, exportOf } from "../exporter/example.ts";
import { langfuseServer } from "../langfuse-server/langfuse-server.ts";
import { basic } from "../langfuse-server/sent.fixture.ts";
import type { StoredObservation } from "../langfuse-server/storage/stored.ts";

async function overlaid(
  protocol: "http/json" | "http/protobuf",
): Promise<readonly StoredObservation[]> {
  await using server = await langfuseServer();
  const exporter = otel({
    environment: {},
    url: `${server.url}/api/public/otel/v1/traces`,
    headers: { authorization: basic(server), "x-langfuse-ingestion-version": "4" },
    overlays: ["langfuse"],
    content: "full",
    protocol,
  });
  await exportOf(exporter, exampleOf());
  expect(server.lost).toEqual([]);
  return server.stored().observations;
}

test("both forms of OTLP are read alike", async () => {
  const binary = await overlaid("http/protobuf");
  expect(binary).not.toEqual([]);
  expect(binary).toEqual(await overlaid("http/json"));
});

test("spans in the conventions, with Langfuse's names over them, are in a session and of a type each", async () => {
  const rows = await overlaid("http/json");
  expect(new Set(rows.map(({ sessionId }) => sessionId))).toEqual(new Set(["example session"]));
  expect(new Set(rows.map(({ type }) => type))).toEqual(
    new Set(["CHAIN", "AGENT", "RETRIEVER", "GUARDRAIL", "SPAN", "GENERATION", "TOOL"]),
  );
  expect(rows.filter(({ model }) => model !== null).map(({ type }) => type)).toEqual([
    "GENERATION",
  ]);
});
