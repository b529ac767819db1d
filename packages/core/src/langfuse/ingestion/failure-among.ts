import { ExportFailure } from "../../pipeline/export-failure.ts";
import type { Ingested, Refused } from "./ingest.ts";
import type { IngestionEvent } from "./ingestion-event.ts";

/** Whether it has nothing of a batch, and said so of each line. */
export const isRefusedWhole = ({ refused }: Ingested, batch: readonly IngestionEvent[]): boolean =>
  batch.length > 0 && batch.every(({ id }) => refused.has(id));

/** Why members of a batch did not arrive, each told in one line or several; null: all of it did. Lines may come again: they are written by their id. */
export function failureAmong(
  { arrived, refused }: Ingested,
  members: readonly (readonly IngestionEvent[])[],
): ExportFailure | null {
  const lines = members.flat();
  const untold = lines.filter(({ id }) => !arrived.has(id) && !refused.has(id));
  if (untold.length > 0)
    return new ExportFailure(
      `Langfuse did not say what became of ${untold.length} of ${lines.length} lines`,
      { retry: "same" },
    );
  const refusals = lines.flatMap(({ id }) => refused.get(id) ?? []);
  const [first] = refusals;
  if (first === undefined) return null;
  const passing = refusals.find(({ status }) => isOfTheMoment(status));
  if (passing)
    return new ExportFailure(`Langfuse did not take all of a batch (${words(passing)})`, {
      retry: "same",
    });
  const locked = refusals.find(({ status }) => status === 401 || status === 403);
  if (locked)
    return new ExportFailure(
      `Langfuse lets these keys write only a part of a batch (${words(locked)}), check what they may do`,
      { retry: "same", needsRepair: true },
    );
  const rejected = members.filter((member) => member.some(({ id }) => refused.has(id))).length;
  return new ExportFailure(`Langfuse rejected ${rejected} of ${members.length} (${words(first)})`, {
    retry: "never",
    answered: true,
    rejected,
  });
}

const words = ({ status, reason }: Refused): string => `${status}: ${reason.slice(0, 300)}`;

const isOfTheMoment = (status: number): boolean =>
  status === 408 || status === 429 || status >= 500 || Number.isNaN(status);
