import type { SessionReport, SessionSummary, SpanReport, TraceId, TurnReport } from "@spoor/core";
import { runIn } from "../../../packages/cli/src/spoor.fixture.ts";
import type { Recorded } from "./recorded-sessions.ts";

/** A span as `spoor show --json` tells of it. */
export interface Told extends SpanReport {
  readonly session: SessionSummary;
  readonly traceId: TraceId;
  readonly turn: TurnReport;
}

/** What the command says of all that has ended, which is what is sent: made by other code than that. */
export async function endedIn({
  dir,
  folder,
}: Pick<Recorded, "dir" | "folder">): Promise<readonly Told[]> {
  const sessions = await printed<readonly SessionSummary[]>(folder, ["sessions"], dir);
  const reports = await Promise.all(
    sessions.map(({ id }) => printed<SessionReport>(folder, ["show", id], dir)),
  );
  return reports
    .flatMap(({ session, turns }) =>
      turns.flatMap((turn) =>
        turn.spans.map((span) => ({ ...span, session, turn, traceId: turn.traceId })),
      ),
    )
    .filter(({ status }) => status !== "open");
}

async function printed<Document>(
  folder: string,
  args: readonly string[],
  dir: string,
): Promise<Document> {
  const { code, stdout, stderr } = await runIn(folder, [...args, "--json", "--dir", dir]);
  if (code !== 0) throw new Error(`spoor ${args.join(" ")} failed: ${stderr}`);
  return JSON.parse(stdout) as Document;
}
