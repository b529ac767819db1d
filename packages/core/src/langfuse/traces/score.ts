import type { EventDraft } from "../../vocabulary/event.ts";
import { type Known, type Reading, source, tellSession } from "./reading.ts";
import { known, numberOf, type Row, textOf, timeOf } from "./row.ts";

/** A score on an observation, else on the turn that its trace is, else on its session. On what the document does not tell of, it says nothing. */
export function* translateScore(reading: Reading, row: Row): Iterable<EventDraft> {
  const [name, value] = [textOf(row["name"]), valueOf(row)];
  const place = placeOf(reading, row);
  if (name === null || value === null || place === null) return;
  yield* tellSession(reading, place.session, false);
  const ms = timeOf(row["timestamp"]);
  yield {
    type: "score.given",
    session: place.session,
    source,
    on: place.key,
    mark: textOf(row["id"]) ?? name,
    name,
    value,
    ...(ms === null ? {} : { at: { ms } }),
    ...known({ why: textOf(row["comment"]) }),
  };
}

function placeOf(
  { observations, turns }: Reading,
  row: Row,
): (Pick<Known, "session"> & { readonly key: string | null }) | null {
  const observationId = textOf(row["observationId"]);
  if (observationId !== null) return observations.get(observationId) ?? null;
  const traceId = textOf(row["traceId"]);
  if (traceId !== null) return turns.get(traceId) ?? null;
  const session = textOf(row["sessionId"]);
  return session === null ? null : { session, key: null };
}

/** Yes and no are kept as numbers, beside their words. */
function valueOf(row: Row): number | string | boolean | null {
  const { value, stringValue, dataType } = row;
  if (dataType === "BOOLEAN" && (value === 0 || value === 1)) return value === 1;
  if (dataType === "NUMERIC") return numberOf(value);
  return textOf(stringValue) ?? textOf(value) ?? numberOf(value);
}
