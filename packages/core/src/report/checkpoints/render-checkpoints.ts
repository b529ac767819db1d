import { onOneLine } from "../../terminal/one-line.ts";
import type { TreeOptions } from "../tree.ts";
import { statusCell } from "../tree/span-row.ts";
import { type Line, paint, piece, type Piece } from "../tree/styled-text.ts";
import type { CheckpointsReport, TurnCheckpoints } from "./checkpoints-report.ts";
import type { Happening } from "./happening.ts";
import type { ResumeConfig } from "./resume-config.ts";
import { refusedPieces, resumedPieces, savedPieces, writesPieces } from "./checkpoint-words.ts";

/** The checkpoints of each turn, and below each one the config with which LangGraph goes on from it. Nothing in it can move the cursor or break a line. */
export function renderCheckpoints(
  { session, turns, outside }: CheckpointsReport,
  { color = false, times = true, width = Infinity }: TreeOptions = {},
): readonly string[] {
  const painted = (line: Line): string => paint(line, { color, width });
  /** It is there to be copied, so it is never cut. */
  const copied = (config: ResumeConfig): string =>
    paint([piece(`    ${configText(config)}`, "cyan")], { color, width: Infinity });
  const lines = (happenings: readonly Happening[]): readonly string[] =>
    happenings.flatMap((each) => [
      painted([piece("  "), ...spaced(piecesOf(each))]),
      ...(each.what === "saved" && each.resume && each.standing !== "removed"
        ? [copied(each.resume)]
        : []),
      ...(each.what === "saved"
        ? each.writes.map((writes) =>
            painted([piece("    "), ...spaced(writesPieces(writes, each))]),
          )
        : []),
    ]);
  return [
    painted([piece(`session ${onOneLine(session)}`, "bold")]),
    ...turns.flatMap((turn) => ["", painted(headLine(turn, times)), ...lines(turn.happenings)]),
    ...(outside.length === 0
      ? []
      : ["", painted([piece("in no turn that is known", "bold")]), ...lines(outside)]),
    ...(turns.length + outside.length > 0
      ? []
      : ["", painted([piece("nobody told of a checkpoint: is its checkpointer audited?", "dim")])]),
  ];
}

function headLine({ index, name, status, startedAt }: TurnCheckpoints, times: boolean): Line {
  return spaced([
    piece(name === "turn" ? `turn ${index}` : `turn ${index} ${onOneLine(name)}`, "bold"),
    statusCell(status),
    ...(times && startedAt !== null ? [piece(startedAt, "dim")] : []),
  ]);
}

function piecesOf(happening: Happening): readonly Piece[] {
  switch (happening.what) {
    case "saved":
      return savedPieces(happening);
    case "resumed":
      return resumedPieces(happening);
    case "written":
      return [
        ...writesPieces(happening.writes, null),
        piece(`for ${onOneLine(happening.checkpoint)}, of which nobody told`, "dim"),
      ];
    case "refused":
      return refusedPieces(happening);
    case "removed":
      return [
        piece("\u2717"),
        piece(
          happening.kept === null
            ? "the application removed all of the thread"
            : `the application pruned the thread, and kept: ${onOneLine(happening.kept)}`,
          "yellow",
        ),
      ];
    default:
      return happening satisfies never;
  }
}

/** One line of JSON, in which what would drive a terminal stands as an escape that means the same. */
function configText(config: ResumeConfig): string {
  return JSON.stringify(config).replaceAll(
    /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const spaced = (pieces: readonly Piece[]): Line =>
  pieces.flatMap((part, place) => (place === 0 ? [part] : [piece("  "), part]));
