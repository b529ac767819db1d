import { onOneLine } from "../../terminal/one-line.ts";
import { excerpt } from "../tree/excerpt.ts";
import { piece, type Piece } from "../tree/styled-text.ts";
import type { ChannelChange } from "./channel-changes.ts";
import type {
  RefusedHappening,
  ResumedHappening,
  SavedHappening,
  TaskWrites,
} from "./happening.ts";

/** Which step of which graph, what it is called, what it brought, and what is remarkable about it. */
export function savedPieces(saved: SavedHappening): readonly Piece[] {
  const { label, step, origin, within, standing } = saved;
  return [
    piece("\u25CF", label === null ? "dim" : "green"),
    ...(label === null ? [] : [piece(onOneLine(label), "bold")]),
    piece(step === null ? "step ?" : `step ${step}`),
    ...(origin === null ? [] : [piece(onOneLine(origin), "dim")]),
    ...inGraph(within),
    ...broughtPieces(saved),
    ...(saved.isBranch ? [piece(`branches from ${onOneLine(saved.after ?? "")}`, "yellow")] : []),
    ...(saved.isAgain ? [piece("saved again", "dim")] : []),
    ...(standing === "removed" ? [piece("removed since", "yellow")] : []),
    ...(standing === "pruned" ? [piece("may have been pruned since", "yellow")] : []),
    ...(saved.resume === null
      ? [
          piece(
            `${onOneLine(saved.checkpoint)}: how the graphs around it stood was not told`,
            "dim",
          ),
        ]
      : []),
  ];
}

function broughtPieces({ state }: SavedHappening): readonly Piece[] {
  if (state.channels === null) return [piece(excerpt(state.untold), "dim")];
  if (state.channels.length === 0) return [];
  return [piece(state.channels.map(changeText).join(", "))];
}

/** What is set or changed is the rule, and goes without saying. */
function changeText({ channel, change }: ChannelChange): string {
  const name = onOneLine(channel);
  switch (change) {
    case "set":
    case "changed":
      return name;
    case "same":
      return `${name} (as before)`;
    case "cleared":
      return `${name} (cleared)`;
    case "gone":
      return `${name} (gone)`;
    case "unknown":
      return `${name} (?)`;
    default:
      return change satisfies never;
  }
}

export function resumedPieces({
  checkpoint,
  within,
  wentBack,
  savedIn,
}: ResumedHappening): readonly Piece[] {
  const id = onOneLine(checkpoint);
  const where =
    savedIn === null
      ? ", of which nobody told that it was saved"
      : savedIn.turn === null
        ? ""
        : ` of turn ${savedIn.turn}`;
  return [
    piece(wentBack ? "\u21BA" : "\u2192", wentBack ? "yellow" : "dim"),
    piece(
      `${wentBack ? "went back to" : "goes on from"} ${id}${where}`,
      wentBack ? "yellow" : "dim",
    ),
    ...inGraph(within),
  ];
}

/** `checkpoint`: that it stands with. */
export function writesPieces(
  { node, turn, written }: TaskWrites,
  checkpoint: SavedHappening | null,
): readonly Piece[] {
  const what =
    written.channels === null
      ? excerpt(written.untold)
      : written.channels.map(onOneLine).join(", ");
  return [
    piece("\u00B7", "dim"),
    piece(`${onOneLine(node ?? "a task")} wrote ${what}`),
    ...(checkpoint && turn !== null && turn !== checkpoint.turn
      ? [piece(`in turn ${turn}`, "dim")]
      : []),
    ...(checkpoint && !checkpoint.isStepped ? [piece("pending", "yellow")] : []),
  ];
}

export function refusedPieces({
  checkpoint,
  within,
  task,
  errorType,
  detail,
}: RefusedHappening): readonly Piece[] {
  const what =
    checkpoint === null
      ? "a removal"
      : task === null
        ? onOneLine(checkpoint)
        : `what task ${onOneLine(task)} wrote to ${onOneLine(checkpoint)}`;
  return [
    piece("!", "red"),
    piece(`${what} was refused: ${onOneLine(errorType)}`, "red"),
    ...(detail === null ? [] : [piece(excerpt(detail), "dim")]),
    ...inGraph(within),
  ];
}

const inGraph = (within: readonly string[]): readonly Piece[] =>
  within.length === 0 ? [] : [piece(`in ${within.map(onOneLine).join(" \u203A ")}`, "dim")];
