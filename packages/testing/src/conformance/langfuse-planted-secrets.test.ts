import { createObserver, type EventDraft, type JsonValue } from "@spoor/core";
import { langfuse } from "@spoor/core/langfuse";
import { describe, expect, onTestFinished, test } from "vitest";
import { langfuseServer, type LangfuseServerOptions } from "../langfuse-server/index.ts";
import { fromCore } from "./from-core.fixture.ts";

const { pem, planted, plantedTexts, vendorSecrets } = await fromCore<{
  readonly pem: string;
  readonly planted: string;
  readonly plantedTexts: readonly string[];
  readonly vendorSecrets: Readonly<Record<string, string>>;
}>("redaction/planted.fixture.ts");
const { everywhere, nested } = await fromCore<{
  readonly everywhere: (text: string) => readonly EventDraft[];
  readonly nested: (value: JsonValue, depth: number) => JsonValue;
}>("testing-kit/everywhere.ts");
const { contentFieldsOf } = await fromCore<{
  readonly contentFieldsOf: (type: EventDraft["type"]) => readonly string[];
}>("vocabulary/content-fields.ts");

const secrets = [...Object.values(vendorSecrets), ...plantedTexts, pem];
const found = [...Object.values(vendorSecrets), planted, pem.slice(100, 160)];

const ways: readonly (readonly [string, LangfuseServerOptions])[] = [
  ["OTLP", {}],
  ["the legacy transport", { version: "2.95.11" }],
];

/** What `everywhere` leaves open, and what Langfuse has a word for besides. */
function further(text: string): readonly EventDraft[] {
  const about = { session: "thread 1", source: "stream" } as const;
  const error = { status: "error", errorType: text } as const;
  const onTurn = (mark: string) => ({ ...about, on: "turn", mark }) as const;
  return [
    {
      ...about,
      type: "model.started",
      key: "prompted",
      parent: "turn",
      name: "model",
      promptName: text,
      promptVersion: text,
      context: { messages: [{ role: "user", content: nested({ [text]: text }, 10_000) }] },
      native: { [text]: [text] },
    },
    {
      ...about,
      type: "model.ended",
      key: "prompted",
      outcome: { status: "ok" },
      model: text,
      output: {
        role: "assistant",
        tool_calls: [{ id: "1", function: { name: text, arguments: JSON.stringify({ text }) } }],
      },
    },
    { ...about, type: "tool.ended", key: "tool", outcome: error, output: text, detail: text },
    { ...onTurn("a"), type: "interrupt.resolved", wait: "w", answer: text },
    { ...onTurn("b"), type: "score.given", name: "useful", value: 1, why: { [text]: text } },
    { ...about, type: "turn.ended", key: "turn", outcome: error, output: text, detail: text },
  ];
}

const toldWith = (text: string, session: string): readonly EventDraft[] =>
  [...everywhere(text), ...further(text)].map((draft) => ({ ...draft, session }));

interface Sending {
  readonly options: LangfuseServerOptions;
  readonly content?: "none" | "full";
  readonly label?: string;
}

/** Every byte that a Langfuse was sent, without compression, headers and addresses too. */
async function sentOf(
  drafts: readonly EventDraft[],
  { options, content = "full", label = "a" }: Sending,
): Promise<string> {
  const server = await langfuseServer(options);
  onTestFinished(() => server.close());
  const { url, publicKey, secretKey } = server;
  const observer = createObserver({
    journal: "memory",
    labels: { feature: label, environment: label, release: label, tags: [label] },
    exporters: [langfuse({ environment: {}, baseUrl: url, publicKey, secretKey, content })],
    flushOnExit: false,
  });
  for (const draft of drafts) observer.emit(draft);
  const reports = await observer.flush({ timeoutMs: 60_000 });
  const whole = { pending: 0, dropped: 0, failure: null };
  expect(reports).toMatchObject({ langfuse: whole, "langfuse-scores": whole });
  expect(observer.health().recorder.refused).toBe(0);
  await observer.close();
  expect(server.stored().scores.length).toBeGreaterThan(0);
  return server.requests
    .flatMap(({ path, headers, body }) => [path, JSON.stringify(headers), body.toString()])
    .join("\n");
}

describe.each(ways)("what goes to Langfuse by %s", (_, options) => {
  test("has no byte of a planted secret, wherever it stood, with all content on", async () => {
    const drafts = secrets.flatMap((secret, number) => toldWith(secret, `session ${number}`));
    const sent = await sentOf(drafts, { options, label: secrets[0] ?? "" });
    expect(sent.length).toBeGreaterThan(100_000);
    expect(sent).toContain("[redacted:");
    for (const secret of found) expect(sent.includes(secret), secret).toBe(false);
  });

  test("has nothing of a field that is content, where none is asked for", async () => {
    const confided = "what ada confided";
    const drafts = toldWith("harmless", "thread 1").map((draft) =>
      Object.assign(
        { ...draft },
        ...contentFieldsOf(draft.type).map((field) => ({ [field]: { [confided]: confided } })),
        draft.type === "model.started" ? { context: { messages: [confided] } } : {},
      ),
    ) as readonly EventDraft[];
    const sent = await sentOf(drafts, { options, content: "none" });
    expect(sent).toContain("decision.made");
    expect(sent).not.toContain(confided);
    expect(await sentOf(drafts, { options })).toContain(confided);
  });
});
