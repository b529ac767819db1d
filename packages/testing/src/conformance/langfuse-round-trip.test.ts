import { type ContentReader, contentReader, type EventDraft, type Span } from "@spoor/core";
import { langfuse } from "@spoor/core/langfuse";
import { langfuseRecords, langfuseTraces } from "@spoor/core/langfuse/traces";
import { describe, expect, test } from "vitest";
import { foldOf, draftsOf, recordAll } from "../adapter/recorded.ts";
import { exampleOf } from "../exporter/example.ts";
import { type LangfuseServer, langfuseServer } from "../langfuse-server/langfuse-server.ts";
import { ask } from "../langfuse-server/sent.fixture.ts";
import type { StoredObservation } from "../langfuse-server/storage/stored.ts";
import { fromCore } from "./from-core.fixture.ts";

interface Journalled {
  readonly spans: readonly Span[];
  readonly content: ContentReader;
}

const { spansOf } = await fromCore<{
  readonly spansOf: (drafts: readonly EventDraft[]) => Journalled;
}>("otlp/encode/golden/spans-of.fixture.ts");
const sessions = await fromCore<Readonly<Record<string, readonly EventDraft[]>>>(
  "otlp/encode/golden/sessions.fixture.ts",
);

const journals: readonly (readonly [string, Journalled])[] = [
  ...Object.entries(sessions).map(([name, drafts]) => [name, spansOf(drafts)] as const),
  ["everything", exampleOf()],
];

/** A server of this version that has all of it. */
async function filled(version: string, { spans, content }: Journalled): Promise<LangfuseServer> {
  const server = await langfuseServer({ version });
  const { url: baseUrl, publicKey, secretKey } = server;
  const exporter = langfuse({ environment: {}, baseUrl, publicKey, secretKey });
  await exporter.export(spans, { signal: new AbortController().signal, content });
  return server;
}

const textAt = async (server: LangfuseServer, path: string): Promise<string> =>
  (await ask(server, path)).text();

const ofEachTrace = (server: LangfuseServer, path: (id: string) => string): Promise<string[]> =>
  Promise.all(server.stored().traces.map(({ id }) => textAt(server, path(id))));

const fields = "core,basic,time,io,metadata,model,usage,prompt,metrics,trace_context";

interface Way {
  readonly version: string;
  readonly read: (server: LangfuseServer) => Promise<readonly string[]>;
}

const ways: Readonly<Record<string, Way>> = {
  "a trace that a person downloads": {
    version: "4.16.0",
    read: (server) => ofEachTrace(server, (id) => `/api/traces/${id}/download`),
  },
  "the list of version 4": {
    version: "4.16.0",
    read: async (server) => [
      await textAt(server, `/api/public/v2/observations?limit=1000&fields=${fields}`),
    ],
  },
  "a trace of version 3": {
    version: "3.202.0",
    read: (server) => ofEachTrace(server, (id) => `/api/public/traces/${id}`),
  },
};

function imported(documents: readonly string[]): Journalled {
  const lines = documents.flatMap((document) => [...langfuseRecords(document)]);
  const { events, journal } = recordAll(draftsOf(langfuseTraces, lines));
  const tree = foldOf(events);
  const content = contentReader(journal.reader());
  for (const event of events) content.apply(event);
  return { content, spans: tree.sessions().flatMap((id) => tree.session(id)?.spans ?? []) };
}

const rowsOf = (server: LangfuseServer): readonly StoredObservation[] =>
  server.stored().observations;

describe.each(Object.entries(ways))("through %s", (_, { version, read }) => {
  test.each(journals)("%s is imported, and sent again as it was", async (_name, journalled) => {
    await using first = await filled(version, journalled);
    await using second = await filled(version, imported(await read(first)));
    expect(rowsOf(first)).not.toEqual([]);
    expect(rowsOf(second)).toEqual(rowsOf(first));
  });
});
