import { ExportFailure } from "../../pipeline/export-failure.ts";
import type { Ways } from "../ways.ts";
import { ask } from "./ask.ts";
import type { LangfuseServer } from "./langfuse-server.ts";
import { refusalIn } from "./refusal.ts";

/** What keeps a server from taking what is sent, and what to do about it; null: nothing does. Sends nothing but the keys. Rejects where the moment is to blame. */
export async function troubleWith(
  server: LangfuseServer,
  ways: Ways,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    await ways.way(signal);
    const refusal = refusalIn(await ask(server, { path: "/api/public/projects" }, signal), server);
    if (refusal) throw refusal;
    return null;
  } catch (error) {
    if (ExportFailure.is(error) && error.needsRepair) return error.message;
    throw error;
  }
}
