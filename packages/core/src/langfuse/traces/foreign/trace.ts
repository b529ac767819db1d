import type { At, EventDraft } from "../../../vocabulary/event.ts";
import type { JsonValue } from "../../../vocabulary/json.ts";
import { type Known, type Reading, source, tellSession } from "../reading.ts";
import { known, type Row, textOf, textsOf, timeOf } from "../row.ts";
import { leftOver } from "./left-over.ts";
import { outcomeOf } from "./outcome.ts";
import { saidIn } from "./said.ts";

/** What of a trace has a word of its own, or is worked out from the rest of it. */
const told: ReadonlySet<string> = new Set(
  "id timestamp startTime name input output sessionId userId tags environment release version observations scores latency totalCost htmlPath".split(
    " ",
  ),
);

/** A trace that somebody else has sent is a turn of its session; of one without a session, of a session of its own. */
export function* startTrace(reading: Reading, row: Row): Iterable<EventDraft> {
  const turn = turnOf(reading, row);
  yield {
    type: "turn.started",
    session: turn.session,
    source,
    key: turn.key,
    name: textOf(row["name"]) ?? "trace",
    ...beganAt(row),
    ...known({ input: saidIn(row["input"]), native: leftOver(row, told) }),
    ...labelsOf(row),
  };
  yield* tellSession(reading, turn.session, textOf(row["sessionId"]) === null);
  const output = saidIn(row["output"]);
  if (output !== undefined) yield answered(turn, output);
}

/** Langfuse says when a trace began and never when it ended: that is when the last in it did. */
export function* endTrace(reading: Reading, row: Row): Iterable<EventDraft> {
  const turn = reading.turns.get(textOf(row["id"]) ?? "");
  if (!turn) return;
  const { outcome, detail } = outcomeOf(row);
  const ms = timeOf(row["endTime"]);
  yield {
    type: "turn.ended",
    session: turn.session,
    source,
    key: turn.key,
    outcome: outcome.status === "error" ? { ...outcome, passedOn: true } : outcome,
    ...(ms === null ? {} : { at: { ms, inferred: true } }),
    ...known({ output: saidIn(row["output"]), detail }),
  };
}

/** Also of a trace in which something goes on. */
const answered = ({ session, key }: Known, output: JsonValue): EventDraft => ({
  type: "span.amended",
  session,
  source,
  on: key,
  mark: "output",
  output,
});

function turnOf(reading: Reading, row: Row): Known {
  const id = textOf(row["id"]) ?? "";
  const turn: Known = { session: textOf(row["sessionId"]) ?? id, key: id, family: "turn" };
  reading.turns.set(id, turn);
  return turn;
}

/** Where nothing tells of the trace itself, it had begun with the first in it. */
function beganAt(row: Row): { readonly at?: At } {
  const ms = timeOf(row["timestamp"]);
  if (ms !== null) return { at: { ms } };
  const first = timeOf(row["startTime"]);
  return first === null ? {} : { at: { ms: first, inferred: true } };
}

function labelsOf(row: Row): object {
  const tags = textsOf(row["tags"]);
  const environment = textOf(row["environment"]);
  return {
    ...known({
      userId: textOf(row["userId"]),
      release: textOf(row["release"]),
      agentVersion: textOf(row["version"]),
      environment: environment === unnamedEnvironment ? null : environment,
    }),
    ...(tags.length === 0 ? {} : { tags }),
  };
}

/** What stands there if nobody said one. */
const unnamedEnvironment = "default";
