import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createObserver } from "../../observer/observer.ts";
import type { Protocol } from "../../otlp/wire/payload.ts";
import { pem, planted, plantedTexts, vendorSecrets } from "../../redaction/planted.fixture.ts";
import * as say from "../../testing-kit/drafts.ts";
import { everywhere } from "../../testing-kit/everywhere.ts";
import { contentFieldsOf } from "../../vocabulary/content-fields.ts";
import type { EventDraft } from "../../vocabulary/event.ts";
import { otelLogs, type OtelLogsOptions } from "./otel-logs.ts";

/** Every byte that a collector was sent, as text. */
async function sentOf(
  drafts: readonly EventDraft[],
  options: OtelLogsOptions,
  label: string = "a",
): Promise<string> {
  const sent: string[] = [];
  const exporter = otelLogs({
    environment: {},
    level: "debug",
    fetch: (_url, request) => {
      const body = Buffer.from(request?.body as Uint8Array<ArrayBuffer>);
      const isCompressed = new Headers(request?.headers).get("content-encoding") === "gzip";
      sent.push((isCompressed ? gunzipSync(body) : body).toString());
      return Promise.resolve(new Response());
    },
    ...options,
  });
  const observer = createObserver({
    journal: "memory",
    labels: { feature: label, environment: label, tags: [label] },
    exporters: [exporter],
    flushOnExit: false,
  });
  for (const draft of drafts) observer.emit(draft);
  observer.session({ id: "by hand" }).turn({ name: label, agent: label }, (turn) => {
    turn.tool(label, { input: label }).fail(new Error(label));
    turn.note("log.written", { level: "warn", content: label });
  });
  const reports = await observer.flush({ timeoutMs: 60_000 });
  expect(reports["otel-logs"]).toMatchObject({ pending: 0, dropped: 0, failure: null });
  expect(observer.health().recorder.refused).toBe(0);
  await observer.close();
  return sent.join("\n");
}

const onTurn = (mark: string) =>
  ({ session: say.session, source: "stream", on: "turn", mark }) as const;

/** What `everywhere` leaves open. */
const endings = (text: string): readonly EventDraft[] => [
  say.ended("tool", "tool", { output: text, outcome: { status: "error", errorType: text } }),
  { ...onTurn("a"), type: "interrupt.resolved", wait: "w", answer: text },
  { ...onTurn("b"), type: "log.written", level: "info", content: text, native: { text } },
  say.ended("turn", "turn", { output: text, detail: text, outcome: { status: "cancelled" } }),
];

const protocols: readonly Protocol[] = ["http/protobuf", "http/json"];

describe.each(protocols)("what goes to a collector of logs by %s", (protocol) => {
  const secrets = [...Object.values(vendorSecrets), ...plantedTexts, pem];
  const drafts = secrets.flatMap((secret, number) =>
    [...everywhere(secret), ...endings(secret)].map((draft) => ({
      ...draft,
      session: `session ${number}`,
    })),
  );

  test("has no byte of a planted secret, wherever it stood, with all content on", async () => {
    const sent = await sentOf(drafts, { protocol, content: "full" }, secrets[0]);
    expect(sent.length).toBeGreaterThan(100_000);
    expect(sent).toContain("[redacted:");
    for (const secret of [...Object.values(vendorSecrets), planted, pem.slice(100, 160)])
      expect(sent.includes(secret), secret).toBe(false);
  }, 60_000);

  test("has nothing of a field that is content, where none is asked for", async () => {
    const confided = "what ada confided";
    const confiding = [...everywhere("harmless"), ...endings("harmless")].map((draft) =>
      Object.assign(
        { ...draft },
        ...contentFieldsOf(draft.type).map((field) => ({ [field]: { [confided]: confided } })),
        draft.type === "model.started" ? { context: { messages: [confided] } } : {},
      ),
    ) as readonly EventDraft[];
    const sent = await sentOf(confiding, { protocol });
    expect(sent).toContain("spoor.decision.made");
    expect(sent).not.toContain(confided);
    expect(await sentOf(confiding, { protocol, content: "full" })).toContain(confided);
  });
});
