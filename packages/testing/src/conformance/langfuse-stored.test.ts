import type { ContentReader, EventDraft, Span } from "@spoor/core";
import { langfuse, type LangfuseOptions } from "@spoor/core/langfuse";
import { expect, test } from "vitest";
import { exampleOf } from "../exporter/example.ts";
import { hostileExample } from "../exporter/hostile.ts";
import { langfuseServer, type LangfuseServerOptions } from "../langfuse-server/langfuse-server.ts";
import type { Stored } from "../langfuse-server/storage/database.ts";
import { fromCore } from "./from-core.fixture.ts";
import { readableStored } from "./langfuse-stored.fixture.ts";

interface Journalled {
  readonly spans: readonly Span[];
  readonly content: ContentReader;
}

const { spansOf } = await fromCore<{
  readonly spansOf: (drafts: readonly EventDraft[]) => Journalled;
}>("otlp/encode/golden/spans-of.fixture.ts");
const sessions = await fromCore<
  Readonly<Record<"agentWithTool" | "failingGraph" | "suspendedAndResumed", readonly EventDraft[]>>
>("otlp/encode/golden/sessions.fixture.ts");

interface Golden {
  readonly journalled: Journalled;
  readonly server?: LangfuseServerOptions;
  readonly options?: LangfuseOptions;
  readonly withoutContent?: true;
}

const agentWithTool = spansOf(sessions.agentWithTool);
const suspendedAndResumed = spansOf(sessions.suspendedAndResumed);

/** Each file was read by eye once, against what a person should see in Langfuse. */
const golden: Readonly<Record<string, Golden>> = {
  "agent-with-tool": { journalled: agentWithTool },
  "agent-with-tool.without-content": { journalled: agentWithTool, withoutContent: true },
  "agent-with-tool.priced-there": { journalled: agentWithTool, options: { cost: "server" } },
  "failing-graph": { journalled: spansOf(sessions.failingGraph), options: { graph: true } },
  "suspended-and-resumed": { journalled: suspendedAndResumed },
  "suspended-and-resumed.version-3": {
    journalled: suspendedAndResumed,
    server: { version: "3.202.0" },
  },
  "agent-with-tool.version-2": { journalled: agentWithTool, server: { version: "2.95.11" } },
  everything: { journalled: exampleOf() },
};

async function storedOf({
  journalled: { spans, content },
  server: kind = {},
  options = {},
  withoutContent,
}: Golden): Promise<Stored> {
  await using server = await langfuseServer(kind);
  const { url: baseUrl, publicKey, secretKey } = server;
  const exporter = langfuse({ environment: {}, baseUrl, publicKey, secretKey, ...options });
  const { signal } = new AbortController();
  await exporter.export(spans, { signal, content: withoutContent ? null : content });
  expect(server.lost).toEqual([]);
  return server.stored();
}

test.each(Object.entries(golden))("%s is stored as it was reviewed", async (name, given) => {
  const stored = await storedOf(given);
  await expect(readableStored(stored)).toMatchFileSnapshot(`fixtures/langfuse/${name}.stored.json`);
});

test("every row says in which session it is, and every parent but those from outside is there", async () => {
  for (const given of Object.values(golden)) {
    if (given.server !== undefined) continue;
    const { observations, traces } = await storedOf(given);
    const ids = new Set(observations.map(({ id }) => id));
    expect(ids.size).toBe(observations.length);
    for (const { parentObservationId, isAppRoot, traceId } of observations) {
      if (parentObservationId !== null && !isAppRoot)
        expect([...ids]).toContain(parentObservationId);
      expect(traces.map(({ id }) => id)).toContain(traceId);
    }
  }
});

test("sessions and costs are the same in both models", async () => {
  for (const journalled of [agentWithTool, suspendedAndResumed]) {
    const [four, three] = [
      await storedOf({ journalled }),
      await storedOf({ journalled, server: { version: "3.202.0" } }),
    ];
    expect(three.sessions).toEqual(four.sessions);
    expect(four.sessions).toHaveLength(1);
  }
});

test.each(["4.16.0", "3.202.0"])(
  "all that a hostile session holds is there in version %s",
  async (version) => {
    const journalled = hostileExample();
    const { observations } = await storedOf({ journalled, server: { version } });
    const ids = observations.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(journalled.spans.map(({ spanId }) => spanId)));
  },
);
