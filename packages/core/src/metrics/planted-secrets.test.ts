import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { createObserver } from "../observer/observer.ts";
import { pem, planted, plantedTexts, vendorSecrets } from "../redaction/planted.fixture.ts";
import * as say from "../testing-kit/drafts.ts";
import { everywhere } from "../testing-kit/everywhere.ts";
import type { EventDraft } from "../vocabulary/event.ts";
import { otelMetrics } from "./otel-metrics.ts";
import { prometheus } from "./prometheus/prometheus.ts";

const secrets = [...Object.values(vendorSecrets), ...plantedTexts, pem];
/** Every value is to have a series of its own. */
const cardinality = { values: 10_000, series: 10_000 };

/** What `everywhere` leaves open, so that all of it is measured. */
const endings = (text: string): readonly EventDraft[] => [
  { ...say.ended("model", "model"), finishReason: text, model: text } as EventDraft,
  say.ended("tool", "tool", { outcome: { status: "error", errorType: text } }),
  say.work("flow", "turn", { kind: "workflow", name: text, agent: text }),
  say.ended("work", "flow"),
  say.ended("turn", "turn"),
];

test("no measurement has a byte of a planted secret in its labels, whichever way it goes", async () => {
  const sent: string[] = [];
  const sending: typeof fetch = (_url, request) => {
    const body = Buffer.from(request?.body as Uint8Array<ArrayBuffer>);
    const isCompressed = new Headers(request?.headers).get("content-encoding") === "gzip";
    sent.push((isCompressed ? gunzipSync(body) : body).toString());
    return Promise.resolve(new Response());
  };
  const over = { environment: {}, since: 0, cardinality };
  const scraped = prometheus({ ...over, port: 0 });
  const observer = createObserver({
    journal: "memory",
    labels: { feature: secrets[0] ?? "", environment: secrets[1] ?? "" },
    exporters: [
      scraped,
      otelMetrics({ ...over, name: "binary", protocol: "http/protobuf", fetch: sending }),
      otelMetrics({ ...over, name: "json", protocol: "http/json", fetch: sending }),
    ],
    flushOnExit: false,
  });
  for (const [number, secret] of secrets.entries())
    for (const draft of [...everywhere(secret), ...endings(secret)])
      observer.emit({ ...draft, session: `session ${number}` });
  const reports = await observer.flush({ timeoutMs: 60_000 });
  for (const report of Object.values(reports))
    expect(report).toMatchObject({ pending: 0, dropped: 0, failure: null });
  expect(observer.health().recorder.refused).toBe(0);
  const url = await scraped.listening();
  const formats = ["text/plain", "application/openmetrics-text"];
  const exposed = await Promise.all(
    formats.map(async (accept) => (await fetch(url, { headers: { accept } })).text()),
  );
  await observer.close();
  expect([...sent, ...exposed].length).toBeGreaterThanOrEqual(4);
  for (const bytes of [...sent, ...exposed]) {
    expect(bytes).toContain("[redacted:");
    for (const secret of [...Object.values(vendorSecrets), planted, pem.slice(100, 160)])
      expect(bytes.includes(secret), secret).toBe(false);
  }
}, 60_000);
