import {
  type Adapter,
  type ContentReader,
  contentReader,
  type EventDraft,
  type Span,
  type SpanExporter,
} from "@spoor/core";
import { draftsOf, foldOf, recordAll } from "../adapter/recorded.ts";
import { type LangfuseServer, langfuseServer } from "../langfuse-server/langfuse-server.ts";
import { ask } from "../langfuse-server/sent.fixture.ts";
import { fromCore } from "./from-core.fixture.ts";

const { langfuse } = await fromCore<{ readonly langfuse: (options: object) => SpanExporter }>(
  "langfuse/index.ts",
);
const { langfuseRecords, langfuseTraces } = await fromCore<{
  readonly langfuseRecords: (document: string) => Iterable<string>;
  readonly langfuseTraces: Adapter<unknown>;
}>("langfuse/traces/index.ts");

export interface Told {
  readonly spans: readonly Span[];
  readonly content: ContentReader;
}

/** The spans of what is recorded as an import records it. */
export function toldBy(drafts: readonly EventDraft[]): Told {
  const { events, journal } = recordAll(drafts);
  const tree = foldOf(events);
  const content = contentReader(journal.reader());
  for (const event of events) content.apply(event);
  return { content, spans: tree.sessions().flatMap((id) => tree.session(id)?.spans ?? []) };
}

/** How a server gives back all that it keeps, as a document. */
export interface Way {
  readonly version: string;
  readonly read: (server: LangfuseServer) => Promise<string>;
}

const allFields = "core,basic,time,io,metadata,model,usage,prompt,metrics,trace_context";

export const ways: Readonly<Record<string, Way>> = {
  "the API of version 4": {
    version: "4.16.0",
    read: (server) => textOf(server, `/api/public/v2/observations?limit=1000&fields=${allFields}`),
  },
  "downloads of version 4": {
    version: "4.16.0",
    read: (server) => ofEachTrace(server, (id) => `/api/traces/${id}/download`),
  },
  "the API of version 3": {
    version: "3.225.0",
    read: (server) => ofEachTrace(server, (id) => `/api/public/traces/${id}`),
  },
};

async function textOf(server: LangfuseServer, path: string): Promise<string> {
  const answer = await ask(server, path);
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`expected ${path} to be there, received ${text}`);
  return text;
}

async function ofEachTrace(server: LangfuseServer, path: (id: string) => string): Promise<string> {
  const ids = new Set(server.stored().observations.map(({ traceId }) => traceId));
  const documents = await Promise.all([...ids].map((id) => textOf(server, path(id))));
  return `[${documents.join(",")}]`;
}

export interface RoundTrip {
  /** What came back. */
  readonly again: Told;
  /** What a server had stored of what was sent, and one that was sent what came back. */
  readonly first: readonly unknown[];
  readonly second: readonly unknown[];
}

export async function roundTrip(
  told: Told,
  { version, read }: Way,
  contextMode: "full" | "delta",
): Promise<RoundTrip> {
  await using server = await langfuseServer({ version });
  await using other = await langfuseServer({ version });
  await send(told, server, contextMode);
  const again = toldBy(draftsOf(langfuseTraces, [...langfuseRecords(await read(server))]));
  await send(again, other, contextMode);
  return { again, first: storedIn(server), second: storedIn(other) };
}

async function send(
  { spans, content }: Told,
  { url: baseUrl, publicKey, secretKey, lost }: LangfuseServer,
  contextMode: "full" | "delta",
): Promise<void> {
  const exporter = langfuse({ baseUrl, publicKey, secretKey, environment: {}, contextMode });
  const { signal } = new AbortController();
  await exporter.export(spans, { signal, content });
  await exporter.close?.();
  if (lost.length > 0) throw new Error(`the server has lost a batch: ${lost.join(", ")}`);
}

/**
 * Without what a recorder has found, and one that knows other witnesses may find otherwise: how a context differs from the one before, and under which of its
 * names the turn before was known.
 */
function storedIn(server: LangfuseServer): readonly unknown[] {
  return server.stored().observations.map((row) => {
    const facts = Object.entries(row.metadata).map(([name, value]) => {
      if (name === "spoor.context") return "it has a context";
      return name.startsWith("spoor.links.") ? value : `${name} ${value}`;
    });
    return { ...row, metadata: facts.filter((fact) => !fact.startsWith("previous ")).toSorted() };
  });
}
