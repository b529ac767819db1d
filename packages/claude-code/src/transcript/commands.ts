import type { EventDraft } from "@spoor/core";
import { fieldsOf, textOf } from "../narrow.ts";
import { log } from "../reduction/marks.ts";
import { hearTurn, nameClearing, tellInput } from "../reduction/turns.ts";
import type { Line, TranscriptSession } from "./reading.ts";
import { finish, turnOf } from "./turns.ts";

/** The program has answered a command by itself, and that is all that the turn is about. */
export function* endCommand(
  session: TranscriptSession,
  line: Line,
  printed: string | undefined,
): Iterable<EventDraft> {
  const turn = yield* turnOf(session, line);
  yield* hearTurn(session, textOf(line.native.uuid));
  const { command, args } = fieldsOf(line.native.commandRun);
  const name = textOf(command);
  if (name !== undefined) {
    yield* tellInput(session, turn, `/${name} ${textOf(args) ?? ""}`.trimEnd());
  }
  if (name === "clear") yield* nameClearing(session, turn);
  const output = textOf(printed);
  if (output !== undefined) yield log(session, turn.key, line, "info", output);
  yield* finish(session, turn, line, { status: "ok" }, { output });
}
