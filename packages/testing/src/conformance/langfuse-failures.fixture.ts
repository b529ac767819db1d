import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Config, createObserver, type EventDraft, type Observer } from "@spoor/core";
import { langfuse } from "@spoor/core/langfuse";
import { onTestFinished } from "vitest";
import {
  type LangfuseServer,
  langfuseServer,
  type LangfuseServerOptions,
} from "../langfuse-server/index.ts";
import { rowsIn } from "./langfuse.fixture.ts";

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "spoor-langfuse-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }), 60_000);
  return folder;
}

export async function serverThat(options: LangfuseServerOptions = {}): Promise<LangfuseServer> {
  const server = await langfuseServer(options);
  onTestFinished(() => server.close());
  return server;
}

/** Records to a folder, and sends to a server all that it has not sent. */
export function observerTo(
  { url, publicKey, secretKey }: LangfuseServer,
  { dir = temporaryFolder(), ...config }: Omit<Config, "journal"> & { readonly dir?: string } = {},
): Observer {
  const exporter = langfuse({ environment: {}, baseUrl: url, publicKey, secretKey });
  const observer = createObserver({
    journal: { dir },
    exporters: [exporter],
    flushOnExit: false,
    ...config,
  });
  onTestFinished(() => observer.close({ timeoutMs: 0 }));
  return observer;
}

export function record(observer: Observer, drafts: readonly EventDraft[]): void {
  for (const draft of drafts) observer.emit(draft);
}

/** What a server of the same kind has where nothing ever failed. */
export async function storedWithoutFailure(
  drafts: readonly EventDraft[],
  options?: LangfuseServerOptions,
): Promise<unknown> {
  const server = await serverThat(options);
  const observer = observerTo(server);
  record(observer, drafts);
  await observer.close({ timeoutMs: 60_000 });
  return storedBy(server);
}

/** All that it has, but for when traces began: before version 4 a trace is dated by whatever of it came first. */
export function storedBy(server: LangfuseServer): unknown {
  const { traces, ...stored } = server.stored();
  return { ...stored, traces: traces.map((trace) => ({ ...trace, timestamp: null })) };
}

/** The id of each row, as often as a request brought it that the server read. */
export const idsSentTo = ({ requests }: LangfuseServer): readonly string[] =>
  requests
    .filter(({ path }) => path === "/api/public/otel/v1/traces")
    .flatMap((request) => rowsIn(request).map(({ spanId }) => spanId));
