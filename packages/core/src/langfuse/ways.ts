import { ExportFailure } from "../pipeline/export-failure.ts";
import type { LangfuseServer } from "./server/langfuse-server.ts";
import { versionAt } from "./server/health.ts";
import { readsIngestion, readsOtlp } from "./server/version.ts";
import type { Transport } from "./transports.ts";

/** A way that batches go. */
export type Way = Exclude<Transport, "auto">;

/** Which way leads to a server. It is asked before the first batch, and again after one that failed: another version may answer by then. */
export interface Ways {
  /** Throws an `ExportFailure` where no way is known, and where the one that was chosen would lose what goes there. */
  way(signal: AbortSignal): Promise<Way>;
  forget(): void;
}

export function waysTo(server: LangfuseServer, transport: Transport): Ways {
  let known: Way | null = transport === "otlp" ? "otlp" : null;
  return {
    async way(signal) {
      known ??= await askedWay(server, transport, signal);
      return known;
    },
    forget() {
      if (transport !== "otlp") known = null;
    },
  };
}

async function askedWay(
  server: LangfuseServer,
  transport: Transport,
  signal: AbortSignal,
): Promise<Way> {
  const version = await versionAt(server, signal);
  if (transport === "auto") return readsOtlp(version) ? "otlp" : "legacy";
  if (readsIngestion(version)) return "legacy";
  const message = `the Langfuse at ${server.baseUrl} is version ${version.text}, which takes no traces by the legacy transport, leave transport out or say "otlp"`;
  throw new ExportFailure(message, { retry: "same", answered: true, needsRepair: true });
}
