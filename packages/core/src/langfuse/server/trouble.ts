import { ExportFailure } from "../../pipeline/export-failure.ts";
import { sendTraces } from "../over-otlp.ts";
import { ingestionPath } from "../paths.ts";
import type { Way, Ways } from "../ways.ts";
import { ask } from "./ask.ts";
import type { LangfuseServer } from "./langfuse-server.ts";
import { refusalIn } from "./refusal.ts";

/**
 * What keeps a server from taking what is sent, and what to do about it; null: nothing does. Asks where batches go, with one that has nothing in it: what lies
 * between may let nothing else through. Rejects where the moment is to blame.
 */
export async function troubleWith(
  server: LangfuseServer,
  ways: Ways,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    await sendNothing[await ways.way(signal)](server, signal);
    return null;
  } catch (error) {
    if (ExportFailure.is(error) && error.needsRepair) return error.message;
    throw error;
  }
}

type Send = (server: LangfuseServer, signal: AbortSignal) => Promise<void>;

const sendNothing: Readonly<Record<Way, Send>> = {
  otlp: (server, signal) => sendTraces({ resourceSpans: [] }, server, signal),
  async legacy(server, signal) {
    const headers = { "content-type": "application/json" };
    const question = { path: ingestionPath, headers, body: '{"batch":[]}' };
    const refusal = refusalIn(await ask(server, question, signal), server);
    if (refusal) throw refusal;
  },
};
