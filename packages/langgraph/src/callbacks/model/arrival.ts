import type { RunProgressed } from "../native.ts";
import type { Counts } from "./counts.ts";
import { countsBetween, countsOfMetadata, greaterCounts } from "./counts.ts";

/** An answer on its way. */
export interface Arrival {
  readonly begun: boolean;
  /** The greatest that one piece alone was counted for, count by count. */
  readonly greatest?: Counts;
  /** What LangChain had added up last, where it adds up itself. */
  readonly soFar?: Counts;
}

/** The same with one piece more. */
export function arrivalAfter(piece: RunProgressed, arrival: Arrival): Arrival {
  const begun = arrival.begun || piece.carriesContent === true;
  const { usage, usageSoFar } = piece;
  if (usage === undefined && usageSoFar === undefined) return { ...arrival, begun };
  const { greatest, soFar: before } = arrival;
  const soFar = usageSoFar && countsOfMetadata(usageSoFar);
  const counts =
    soFar && before ? countsBetween(before, soFar) : (soFar ?? countsOfMetadata(usage));
  return {
    begun,
    greatest: greatest ? greaterCounts(greatest, counts) : counts,
    ...(soFar ? { soFar } : {}),
  };
}
