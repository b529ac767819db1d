import { ExportFailure } from "../../pipeline/export-failure.ts";
import type { ContentPolicy, EventExporter } from "../../pipeline/exporter.ts";
import type { AgentEvent, EventOf } from "../../vocabulary/event.ts";
import { failureAmong } from "../ingestion/failure-among.ts";
import { ingest } from "../ingestion/ingest.ts";
import { scoreLimits } from "../limits.ts";
import { ingestionPath } from "../paths.ts";
import type { LangfuseServer } from "../server/langfuse-server.ts";
import { scoreOf } from "./score-of.ts";

export interface ScoresOptions {
  readonly name: string;
  readonly content: ContentPolicy;
  readonly environment: string | null;
}

/**
 * Scores go to Langfuse as they are given: also the ones that are given when the span that they are on has long left. Each is written under the id of
 * its event, so one that comes again changes nothing.
 */
export function langfuseScores(
  server: LangfuseServer,
  { name, content, environment }: ScoresOptions,
): EventExporter {
  return {
    name,
    consumes: "events",
    takes: ["score.given"],
    content,
    limits: scoreLimits,
    destination: `${server.baseUrl}${ingestionPath}`,
    async export(batch, { signal, content: reader, locate }) {
      const given = batch.filter(isScore);
      const lines = given.flatMap((score) => {
        const location = locate?.(score) ?? null;
        return scoreOf(score, { location, content: reader, environment }) ?? [];
      });
      if (lines.length > 0) {
        const failure = failureAmong(
          await ingest(server, lines, signal),
          lines.map((line) => [line]),
        );
        if (failure) throw withUnplaced(failure, given.length - lines.length);
      }
      if (lines.length < given.length) throw unplaced(given.length - lines.length);
    },
  };
}

const isScore = (event: AgentEvent): event is EventOf<"score.given"> =>
  event.type === "score.given";

function unplaced(count: number): ExportFailure {
  const message = `${count} of these scores are on a session that has no name, and on no span of it, so there is nothing in Langfuse to give them to`;
  return new ExportFailure(message, { retry: "never", answered: true, rejected: count });
}

/** What is dropped for both reasons is counted once, and said with the first. */
function withUnplaced(failure: ExportFailure, count: number): ExportFailure {
  if (failure.retry !== "never" || count === 0) return failure;
  const { message, rejected } = failure;
  return new ExportFailure(message, {
    retry: "never",
    answered: true,
    rejected: (rejected ?? 0) + count,
  });
}
